package io.millrace.toolbox.post;

/**
 * When each collection of a run is meant to be sent. At a rate the moments are fixed beforehand (an
 * open loop): a slow answer delays no later one's moment, so that latency counted from there hides
 * no waiting. Thread-safe.
 *
 * @param timing gives the present moment where there is no rate
 * @param startNanos the run's begin
 * @param perSecond collections per second; 0 means each is due when it is asked for
 */
record Pace(Timing timing, long startNanos, double perSecond) {
  private static final double NANOS = 1e9;

  /**
   * The moment of a collection, as of {@link Timing#nanoTime}.
   *
   * @param number of the collection, from 0
   */
  long due(long number) {
    return perSecond == 0 ? timing.nanoTime() : startNanos + (long) (number * NANOS / perSecond);
  }
}
