package io.millrace.web.http.answer;

/**
 * A request that is answered with a problem. Carries no stack trace: it is an answer, and may come
 * often.
 */
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;

  /**
   * @param detail what was wrong with this request, without any text of the client's
   */
  public ProblemException(ProblemType type, String detail) {
    super(detail, null, false, false);
    this.type = type;
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}
