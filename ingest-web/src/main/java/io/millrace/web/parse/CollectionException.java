package io.millrace.web.parse;

/**
 * Why a body is no collection. The message names offset, field or index, never the client's text.
 * Carries no stack trace: it is an answer, and may come often.
 */
public final class CollectionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong, in the order in which the checks decide. */
  public enum Fault {
    /** No strict UTF-8, no well-formed JSON, or not a single value. */
    NOT_JSON,
    /** JSON, but a field is missing or of another form. */
    INVALID_COLLECTION,
    /** More payloads than MAX_COLLECTION_PAYLOADS. */
    TOO_MANY_PAYLOADS,
    /** What parsing takes was not to be had; says nothing about the body. */
    NO_ROOM
  }

  private final Fault fault;

  CollectionException(Fault fault, String detail) {
    super(detail, null, false, false);
    this.fault = fault;
  }

  /** What is wrong. */
  public Fault fault() {
    return fault;
  }
}
