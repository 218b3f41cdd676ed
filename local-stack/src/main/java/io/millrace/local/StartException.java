package io.millrace.local;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/**
 * Why a server or command cannot start, as one line for the person who started it, and the exit
 * status that goes with it.
 */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private StartException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The settings can never work; exit status 78 (EX_CONFIG of sysexits.h). */
  static StartException configuration(String message) {
    return new StartException(78, message, null);
  }

  /** Something needed is not to be had at the moment; exit status 69 (EX_UNAVAILABLE). */
  static StartException unavailable(String message, @Nullable Throwable cause) {
    return new StartException(69, message, cause);
  }

  /** Says what {@code service} could not start for, looking for a taken port among the causes. */
  static StartException of(String service, Exception failure) {
    if (failure instanceof StartException known) {
      return known;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return unavailable(service + " cannot start: the port is in use", failure);
      }
    }
    return unavailable(service + " cannot start: " + failure, failure);
  }

  /** The exit status for the process, 69 or 78. */
  public int exitCode() {
    return exitCode;
  }
}
