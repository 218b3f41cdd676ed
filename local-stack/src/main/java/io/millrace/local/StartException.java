package io.millrace.local;

import io.millrace.run.TierCommand;
import java.net.BindException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Why a server or command cannot start, in lines for the person who started it, and the exit status
 * that goes with it.
 */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final List<String> reasons;

  private StartException(int exitCode, List<String> reasons, @Nullable Throwable cause) {
    super(String.join("; ", reasons), cause);
    this.exitCode = exitCode;
    this.reasons = List.copyOf(reasons);
  }

  /** The settings can never work; exit status 78. */
  static StartException configuration(List<String> reasons, @Nullable Throwable cause) {
    return new StartException(TierCommand.EX_CONFIG, reasons, cause);
  }

  /** Options that are no values; exit status 2, as for options that there are not. */
  static StartException usage(List<String> reasons) {
    return new StartException(CommandLine.ExitCode.USAGE, reasons, null);
  }

  /** Something needed is not to be had at the moment; exit status 69. */
  static StartException unavailable(String reason, @Nullable Throwable cause) {
    return new StartException(TierCommand.EX_UNAVAILABLE, List.of(reason), cause);
  }

  /**
   * Says what {@code service} could not start for, looking for a taken port among the causes.
   *
   * @param option by which another port is chosen
   */
  static StartException of(String service, String option, Exception failure) {
    if (failure instanceof StartException known) {
      return known;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return unavailable(
            service + " cannot start: the port is in use; try another by " + option, failure);
      }
    }
    return unavailable(service + " cannot start: " + failure, failure);
  }

  /** The exit status for the process: 2 (usage), 69 (unavailable) or 78 (configuration). */
  public int exitCode() {
    return exitCode;
  }

  /** One line a reason; not empty. */
  public List<String> reasons() {
    return reasons;
  }
}
