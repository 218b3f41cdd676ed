package io.millrace.web.http;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Reads over what is left of a body that was refused, as it comes, so that its client gets to see
 * the answer; until the end, {@value #MAX_BYTES} bytes, or the time for a body are over.
 *
 * <p>Not thread-safe.
 */
final class BodyDiscard extends Invocable.Task.Abstract {
  static final long MAX_BYTES = 64L << 20;

  private final Content.Source source;
  private final BodyLimits limits;
  private final long deadlineNanos;
  private final Runnable then;
  private long left = MAX_BYTES;

  /**
   * @param then is run once, when enough has been read
   */
  BodyDiscard(Content.Source source, BodyLimits limits, Runnable then) {
    super(InvocationType.NON_BLOCKING);
    this.source = source;
    this.limits = limits;
    this.deadlineNanos = limits.deadlineNanos();
    this.then = then;
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        source.demand(this);
        return;
      }
      left -= chunk.remaining();
      boolean ended = chunk.isLast() || Content.Chunk.isFailure(chunk);
      chunk.release();
      if (ended || left < 0 || limits.isOver(deadlineNanos)) {
        then.run();
        return;
      }
    }
  }
}
