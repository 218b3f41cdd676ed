package io.millrace.toolbox.post;

import java.io.IOException;

/** An input file holds something that can't be sent. */
final class InputException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Names the place.
   *
   * @param line number of the line in the file, from 1
   */
  InputException(String file, long line, String reason) {
    super(file + ":" + line + ": " + reason);
  }
}
