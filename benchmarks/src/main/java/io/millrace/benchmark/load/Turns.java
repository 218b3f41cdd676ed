package io.millrace.benchmark.load;

/**
 * Whose turn it is to be sent, and how long each took: the core of a lane, without clock and
 * network. A latency runs from the time at which the request was meant to be sent, so that a server
 * that stands still counts for all that should have been sent meanwhile (no coordinated omission).
 *
 * <p>One thread's own. Identity: sent = answered + broken + unanswered + under way.
 */
final class Turns {
  private final Schedule schedule;
  private final LaneTally tally;
  private long next;

  Turns(Schedule schedule, LaneTally tally) {
    this.schedule = schedule;
    this.tally = tally;
  }

  /** Whether a request's turn has come. */
  boolean isDue(long now) {
    if (now >= schedule.end()) {
      return false;
    }
    skipWarmUp(now);
    return schedule.isClosedLoop() || schedule.due(next) <= now;
  }

  /** Nanoseconds until the next turn; more than any wait if there is none. */
  long untilNext(long now) {
    if (schedule.isClosedLoop() || now >= schedule.end()) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, schedule.due(next) - now);
  }

  /** Takes the turn that is due; returns the time that its latency runs from. */
  long take(long now) {
    long due = schedule.isClosedLoop() ? now : schedule.due(next);
    next++;
    tally.sent();
    return due;
  }

  /**
   * The answer of a request has come.
   *
   * @param due what {@link #take} returned
   * @param accepted payloads that the answer says were taken
   */
  void answered(long due, long now, int status, long accepted) {
    tally.answered(status, accepted);
    record(due, now);
  }

  /** A request's connection broke before its answer. */
  void broken() {
    tally.broken();
  }

  /** At the end: an answer that did not come counts as long as it was waited for. */
  void unanswered(long due, long now) {
    tally.unanswered();
    record(due, now);
  }

  /** At the end: turns that came while all connections were busy until the end, likewise. */
  void finish(long now) {
    if (schedule.isClosedLoop()) {
      return;
    }
    skipWarmUp(now);
    for (; schedule.due(next) < schedule.end(); next++) {
      tally.unsent();
      record(schedule.due(next), now);
    }
  }

  /** What a cold server left undone in the warm-up must not count in the measured time. */
  private void skipWarmUp(long now) {
    if (!schedule.isClosedLoop() && now >= schedule.measuredFrom()) {
      next = Math.max(next, schedule.firstMeasured());
    }
  }

  private void record(long due, long now) {
    if (due >= schedule.measuredFrom()) {
      tally.latency(now - due);
    }
  }
}
