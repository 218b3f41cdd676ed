package io.millrace.queue;

/**
 * How many messages a queue holds, approximately.
 *
 * @param visible waiting to be received
 * @param inFlight received and not yet deleted
 * @param delayed not yet to be received
 */
public record QueueCounts(long visible, long inFlight, long delayed) {
  /** All that the queue holds. */
  public long total() {
    return visible + inFlight + delayed;
  }
}
