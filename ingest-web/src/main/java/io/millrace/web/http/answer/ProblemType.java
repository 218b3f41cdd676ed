package io.millrace.web.http.answer;

import java.util.Locale;

/** The problems that the edge answers with; the contract is {@code openapi.yaml}. */
public enum ProblemType {
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  NOT_FOUND(404, "Not found"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  UNSUPPORTED_ENCODING(415, "Unsupported content encoding"),
  BODY_NOT_DECOMPRESSIBLE(400, "Body does not decompress"),
  BODY_TOO_LARGE(413, "Body too large"),
  NOT_JSON(400, "Body is not JSON"),
  INVALID_COLLECTION(400, "Not a collection"),
  TOO_MANY_PAYLOADS(413, "Too many payloads"),
  PAYLOAD_TOO_LARGE(413, "Payload too large"),
  REQUEST_TIMEOUT(408, "Body came too slowly"),
  OVERLOADED(503, "Overloaded"),
  NOT_QUEUED(503, "Not queued in time"),
  STOPPING(503, "Stopping"),
  INTERNAL_ERROR(500, "Internal error");

  private final int status;
  private final String title;
  private final String slug;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
    this.slug = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  /** The last part of the type's URI, and the outcome in the metrics. */
  public String slug() {
    return slug;
  }
}
