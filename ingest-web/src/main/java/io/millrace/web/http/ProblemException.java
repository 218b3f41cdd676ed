package io.millrace.web.http;

/**
 * A request that is answered with a problem. Carries no stack trace: it is an answer, and may come
 * often.
 */
final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;

  /**
   * @param detail what was wrong with this request, without any text of the client's
   */
  ProblemException(ProblemType type, String detail) {
    super(detail, null, false, false);
    this.type = type;
  }

  ProblemType type() {
    return type;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
