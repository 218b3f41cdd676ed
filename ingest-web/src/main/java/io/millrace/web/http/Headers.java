package io.millrace.web.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.MimeTypes;
import org.jspecify.annotations.Nullable;

/**
 * What the edge reads of a request's headers.
 *
 * <p>Stateless and thread-safe.
 */
final class Headers {
  /** Characters of an Idempotency-Key. */
  private static final int MAX_KEY_LENGTH = 64;

  private Headers() {}

  /** How a body is compressed on its way here. */
  enum Encoding {
    IDENTITY,
    GZIP,
    ZSTD
  }

  /** Refuses what is not JSON in UTF-8: {@code application/json} or {@code application/…+json}. */
  static void requireJson(HttpServletRequest request) throws ProblemException {
    // Not getContentType(), which throws for a charset that the JVM doesn't know.
    @Nullable String given = request.getHeader("Content-Type");
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

  /** The body's encoding; none named is identity. */
  static Encoding encoding(HttpServletRequest request) throws ProblemException {
    String given = request.getHeader("Content-Encoding");
    if (given == null) {
      return Encoding.IDENTITY;
    }
    List<String> all = Collections.list(request.getHeaders("Content-Encoding"));
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
  static String idempotencyKey(HttpServletRequest request) throws ProblemException {
    @Nullable String key = request.getHeader("Idempotency-Key");
    if (key == null) {
      return "";
    }
    boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    boolean one = Collections.list(request.getHeaders("Idempotency-Key")).size() == 1;
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
