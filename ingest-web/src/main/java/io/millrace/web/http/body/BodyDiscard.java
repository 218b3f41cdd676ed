package io.millrace.web.http.body;

import io.millrace.web.http.body.BodyLimits.Unfinished;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Reads over what is left of a body that was refused, as it comes, so that its client gets to see
 * the answer; until the end, {@value #MAX_BYTES} bytes, or the time for a body are over, or it
 * comes too slowly.
 *
 * <p>Not thread-safe, but for {@link Unfinished}.
 */
public final class BodyDiscard extends Invocable.Task.Abstract implements Unfinished {
  public static final long MAX_BYTES = 64L << 20;

  private final Content.Source source;
  private final BodyLimits limits;
  private final Executor others;
  private final Runnable then;
  private final long startedNanos;
  private long received;

  /**
   * @param others runs the rest when many bytes have come at once
   * @param then is run once, when enough has been read
   */
  public BodyDiscard(Content.Source source, BodyLimits limits, Executor others, Runnable then) {
    super(InvocationType.NON_BLOCKING);
    this.source = source;
    this.limits = limits;
    this.others = others;
    this.then = then;
    this.startedNanos = limits.nowNanos();
  }

  @Override
  public void run() {
    long turnEnds = received + BodyReader.BODY_BYTES_A_TURN;
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        source.demand(this);
        return;
      }
      received += chunk.remaining();
      boolean ended = chunk.isLast() || Content.Chunk.isFailure(chunk);
      chunk.release();
      if (ended || received > MAX_BYTES || isTooSlow()) {
        then.run();
        return;
      }
      if (received >= turnEnds) {
        others.execute(this);
        return;
      }
    }
  }

  @Override
  public boolean isTooSlow() {
    return limits.isTooSlow(startedNanos, received);
  }

  @Override
  public long startedNanos() {
    return startedNanos;
  }

  @Override
  public long receivedBytes() {
    return received;
  }

  /** Nothing: what it reads is dropped at once. */
  @Override
  public long heldBytes() {
    return 0;
  }
}
