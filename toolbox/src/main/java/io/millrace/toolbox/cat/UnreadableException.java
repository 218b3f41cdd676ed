package io.millrace.toolbox.cat;

/** An object can't be read to its end. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1;

  UnreadableException(Exception cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
