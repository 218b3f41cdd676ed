package io.millrace.worker.receive;

import io.millrace.worker.settle.Leases;
import java.time.Duration;
import java.util.List;

/**
 * Up to when all is stored, as far as one worker can tell: it holds no older batch, and each of its
 * pollers has since found the queue to have fewer messages than a receive can bring. While there is
 * a backlog, or the gate is closed, it stands still; so it does while, by the count of the last
 * minute, a receive may bring nothing although messages are there ({@link QueueDepth#mayHide}).
 * What another worker holds is in that one's own watermark, or, if it died, comes back after the
 * visibility timeout: so the watermark of a fleet is the least of all, looked at over that time.
 *
 * <p>Thread-safe.
 *
 * @param pollers all of the worker
 */
public record CaughtUp(Leases leases, List<Poller> pollers) {
  /** The largest ACK_TIMEOUT_MS: a batch is on the queue so long after its opening, or never. */
  private static final Duration MAX_SENDING = Duration.ofSeconds(60);

  public CaughtUp {
    pollers = List.copyOf(pollers);
  }

  /** In ms since the epoch; 0 if nothing is known yet. */
  double ms() {
    long emptied = pollers.stream().mapToLong(Poller::caughtUpMs).min().orElse(0);
    // In this order: what a poller took in before it told to have caught up is held by now.
    long oldest = leases.oldestOpenedMs().orElse(Long.MAX_VALUE);
    return Math.max(0, Math.min(emptied - MAX_SENDING.toMillis(), oldest));
  }
}
