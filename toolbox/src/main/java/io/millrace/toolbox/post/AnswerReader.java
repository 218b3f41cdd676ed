package io.millrace.toolbox.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an HTTP response means: 202 is accepted; 429 and 5xx may be tried again; all else is
 * final. Thread-safe.
 *
 * @param ticker gives the time of day for a Retry-After that is a date
 * @param receipts whether receipts are read from the answers
 */
record AnswerReader(Ticker ticker, boolean receipts) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final int ACCEPTED = 202;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int MAX_BYTES = 64 * 1024;

  /** Reads one response to its end. */
  PostAnswer read(ClassicHttpResponse response) throws IOException {
    int status = response.getCode();
    HttpEntity entity = response.getEntity();
    if (status == ACCEPTED && !receipts) {
      EntityUtils.consume(entity);
      return new PostAnswer.Accepted(null);
    }
    JsonNode body = json(entity);
    if (status == ACCEPTED) {
      JsonNode receipt = body.path("receipt");
      return new PostAnswer.Accepted(receipt.isTextual() ? receipt.textValue() : null);
    }
    String reason = reason(response, body);
    if (status == TOO_MANY || status >= SERVER_ERROR) {
      Header header = response.getFirstHeader("Retry-After");
      String asked = header == null ? null : header.getValue();
      return new PostAnswer.Busy(
          status, reason, retryAfter(asked, Instant.ofEpochMilli(ticker.now().epochMs())));
    }
    return new PostAnswer.Refused(status, reason);
  }

  /**
   * The wait that a Retry-After header asks for (RFC 9110, section 10.2.3), never negative.
   *
   * @param value seconds or an HTTP date; null if the header is absent
   * @return null if the value is absent or neither
   */
  static @Nullable Duration retryAfter(@Nullable String value, Instant now) {
    if (value == null) {
      return null;
    }
    String text = value.trim();
    if (SECONDS.matcher(text).matches()) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(now, until.toInstant());
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeParseException neither) {
      return null;
    }
  }

  private static JsonNode json(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return JSON.missingNode();
    }
    byte[] bytes = EntityUtils.toByteArray(entity, MAX_BYTES);
    try {
      JsonNode node = bytes == null ? null : JSON.readTree(bytes);
      return node == null ? JSON.missingNode() : node;
    } catch (com.fasterxml.jackson.core.JsonProcessingException other) {
      return JSON.missingNode();
    }
  }

  private static String reason(ClassicHttpResponse response, JsonNode problem) {
    String title = problem.path("title").asText("");
    String detail = problem.path("detail").asText("");
    if (title.isEmpty() && detail.isEmpty()) {
      String phrase = response.getReasonPhrase();
      return phrase == null ? "" : phrase;
    }
    return detail.isEmpty() ? title : title + ": " + detail;
  }
}
