package io.millrace.web.http.body;

import io.millrace.web.http.answer.ProblemException;
import io.millrace.web.http.answer.ProblemType;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.MimeTypes;
import org.jspecify.annotations.Nullable;

/**
 * What the edge reads of a request's headers.
 *
 * <p>Stateless and thread-safe.
 */
public final class Headers {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** Characters of an Idempotency-Key. */
  private static final int MAX_KEY_LENGTH = 64;

  private Headers() {}

  /** How a body is compressed on its way here. */
  public enum Encoding {
    IDENTITY,
    GZIP,
    ZSTD
  }

  /** Refuses what is not JSON in UTF-8: {@code application/json} or {@code application/…+json}. */
  public static void requireJson(HttpFields headers) throws ProblemException {
    @Nullable String given = headers.get(HttpHeader.CONTENT_TYPE);
    if ("application/json".equals(given)) {
      return;
    }
    if (given == null) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Type is missing; send application/json");
    }
    String type = MimeTypes.getContentTypeWithoutCharset(given);
    int parameters = type.indexOf(';');
    String base = (parameters < 0 ? type : type.substring(0, parameters)).trim();
    String lower = base.toLowerCase(Locale.ROOT);
    if (!lower.equals("application/json") && !lower.matches("application/[^ /]+\\+json")) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Type is not application/json");
    }
    String charset = MimeTypes.getCharsetFromContentType(given);
    if (charset != null && !isUtf8(charset)) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Type has a charset other than UTF-8");
    }
  }

  /** Whether the client waits for a 100 before it sends its body. */
  public static boolean isBodyHeldBack(HttpFields headers) {
    return headers.contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
  }

  /** The body's encoding; none named is identity. */
  public static Encoding encoding(HttpFields headers) throws ProblemException {
    String given = headers.get(HttpHeader.CONTENT_ENCODING);
    if (given == null) {
      return Encoding.IDENTITY;
    }
    List<String> all = headers.getValuesList(HttpHeader.CONTENT_ENCODING);
    return switch (all.size() == 1 ? given.trim().toLowerCase(Locale.ROOT) : "several") {
      case "", "identity" -> Encoding.IDENTITY;
      case "gzip", "x-gzip" -> Encoding.GZIP;
      case "zstd" -> Encoding.ZSTD;
      default ->
          throw new ProblemException(
              ProblemType.UNSUPPORTED_ENCODING,
              "Content-Encoding is not exactly one of gzip, zstd, identity");
    };
  }

  /**
   * The Idempotency-Key as it stands between quotes in JSON.
   *
   * @return empty if there is none
   */
  public static String idempotencyKey(HttpFields headers) throws ProblemException {
    @Nullable String key = headers.get(IDEMPOTENCY_KEY);
    if (key == null) {
      return "";
    }
    boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    boolean one = headers.getValuesList(IDEMPOTENCY_KEY).size() == 1;
    if (!one || !visible || key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
      throw new ProblemException(
          ProblemType.INVALID_COLLECTION,
          "Idempotency-Key is not one value of 1 to "
              + MAX_KEY_LENGTH
              + " visible ASCII characters");
    }
    return key.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static boolean isUtf8(String charset) {
    try {
      return java.nio.charset.Charset.forName(charset).equals(StandardCharsets.UTF_8);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return false;
    }
  }
}
