package io.millrace.web.http;

import io.millrace.time.FakeTicker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A body that comes as a test says.
 *
 * <p>Not thread-safe.
 */
public final class FakeBody implements Content.Source {
  private final Deque<Content.Chunk> chunks = new ArrayDeque<>();
  private @Nullable Runnable demand;
  private @Nullable Runnable refill;
  private int held;

  /** Some bytes more. */
  public FakeBody come(byte[] bytes) {
    held++;
    chunks.add(Content.Chunk.from(ByteBuffer.wrap(bytes), false, () -> held--));
    return this;
  }

  public FakeBody end() {
    chunks.add(Content.Chunk.EOF);
    return this;
  }

  @Override
  public void fail(Throwable cause) {
    chunks.add(Content.Chunk.from(cause));
  }

  /** What has come last comes again and again, taking its time. */
  public void repeat(Duration pause, FakeTicker ticker) {
    byte[] bytes = new byte[chunks.getLast().remaining()];
    refill =
        () -> {
          ticker.advance(pause);
          come(bytes);
        };
    chunks.removeLast().release();
  }

  /** Chunks that were read and not released, or not read. */
  public int held() {
    return held;
  }

  /** Tells whoever asked that there is more. */
  public void wake() {
    Runnable asked = java.util.Objects.requireNonNull(demand);
    demand = null;
    asked.run();
  }

  @Override
  public Content.@Nullable Chunk read() {
    if (chunks.isEmpty() && refill != null) {
      refill.run();
    }
    Content.Chunk chunk = chunks.poll();
    if (chunk != null && chunk.isLast()) {
      chunks.push(Content.Chunk.next(chunk));
    }
    return chunk;
  }

  @Override
  public void demand(Runnable whenThere) {
    demand = whenThere;
  }
}
