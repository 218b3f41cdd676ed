package io.millrace.benchmark.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a pipeline's web tiers again and again, for the most of the heap that is in use.
 *
 * <p>{@link #bytes} may be called by any thread; closing it ends its thread.
 */
public final class HeapPeak implements AutoCloseable {
  private static final long LOOK_EVERY_MS = 100;

  private final Pipeline pipeline;
  private final Thread thread = new Thread(this::run, "heap-peak");
  private volatile boolean closed;
  private volatile double bytes;

  private HeapPeak(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** Starts to look. */
  public static HeapPeak start(Pipeline pipeline) {
    HeapPeak peak = new HeapPeak(pipeline);
    peak.thread.start();
    return peak;
  }

  /** The most that was seen so far; 0 before the first look. */
  public double bytes() {
    return bytes;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        look();
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      Metrics webs = pipeline.metrics().webs();
      bytes = Math.max(bytes, webs.sum("jvm_memory_used_bytes", "area=\"heap\""));
    } catch (IOException e) {
      // The next look may be answered; whether the tier is alive is asked elsewhere.
    }
  }
}
