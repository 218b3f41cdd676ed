package io.millrace.benchmark.load;

/**
 * When requests are meant to be sent. Times are nanoseconds by {@link System#nanoTime}.
 *
 * @param start of the warm-up
 * @param measuredFrom end of the warm-up
 * @param end from then on nothing is sent
 * @param perSecond requests a second, evenly spread; 0 for a closed loop, in which the turn of a
 *     request comes when a connection is free
 */
record Schedule(long start, long measuredFrom, long end, double perSecond) {
  private static final double SECOND = 1e9;

  boolean isClosedLoop() {
    return perSecond == 0;
  }

  /** When the turn of a request comes, counted from 0; open loop only. */
  long due(long index) {
    return start + (long) (index * (SECOND / perSecond));
  }

  /** The first request whose turn is in the measured time; open loop only. */
  long firstMeasured() {
    return (long) Math.ceil((measuredFrom - start) * (perSecond / SECOND));
  }

  /** This schedule's share for one of several lanes, whose turns lie between the others'. */
  Schedule share(int lane, int lanes) {
    if (isClosedLoop()) {
      return this;
    }
    long shift = (long) (lane * SECOND / perSecond);
    return new Schedule(start + shift, measuredFrom, end, perSecond / lanes);
  }
}
