package io.millrace.toolbox.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an HTTP response means: 202 is accepted; 429 and 5xx may be tried again; all else is
 * final. Thread-safe.
 *
 * @param timing gives the time of day for a Retry-After that is a date
 * @param receipts whether receipts are read from the answers
 */
record AnswerReader(Timing timing, boolean receipts) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
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
      return new PostAnswer.Busy(status, reason, RetryAfter.parse(asked, timing.now()));
    }
    return new PostAnswer.Refused(status, reason);
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
