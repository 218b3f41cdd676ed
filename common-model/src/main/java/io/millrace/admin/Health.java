package io.millrace.admin;

/**
 * Whether a process may be sent work. Goes from starting to ready to stopping, never back.
 *
 * <p>Thread-safe.
 */
public final class Health {
  /** The states of a process. */
  public enum State {
    STARTING("starting"),
    READY("ok"),
    STOPPING("stopping");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** What the readiness probe answers. */
    public String text() {
      return text;
    }
  }

  private volatile State state = State.STARTING;

  /** The state now. */
  public State state() {
    return state;
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
