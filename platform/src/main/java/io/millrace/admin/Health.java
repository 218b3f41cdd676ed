package io.millrace.admin;

import io.millrace.run.Fault;

/**
 * Whether a tier may be sent work. Goes from starting to ready to stopping, never back; from any of
 * them to failed, with the process.
 *
 * <p>Thread-safe.
 */
public final class Health {
  /** The states of a process. */
  public enum State {
    STARTING("starting"),
    READY("ok"),
    STOPPING("stopping"),
    FAILED("failed");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** What the probes answer. */
    public String text() {
      return text;
    }
  }

  private final Fault fault;
  private volatile State state = State.STARTING;

  /**
   * @param fault of the process
   */
  public Health(Fault fault) {
    this.fault = fault;
  }

  /** The state now. */
  public State state() {
    return fault.isReported() ? State.FAILED : state;
  }

  /** The fault of the process; to be reported where an Error is caught. */
  public Fault fault() {
    return fault;
  }

  /** Whether the process is worth being kept: false after a fault. */
  public boolean isLive() {
    return !fault.isReported();
  }

  /** All parts are up. No effect once stopping. */
  public synchronized void started() {
    if (state == State.STARTING) {
      state = State.READY;
    }
  }

  /** The process has been told to stop. */
  public synchronized void stopping() {
    state = State.STOPPING;
  }
}
