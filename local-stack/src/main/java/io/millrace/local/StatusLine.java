package io.millrace.local;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One line on a terminal that tells what the pipeline does, printed anew when that has changed, at
 * most once a second. Prints nothing where no terminal is.
 *
 * <p>Has a thread of its own; whoever starts it stops it.
 */
final class StatusLine {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Without the terminal's own wrapping: it cuts what is wider than it is now. */
  private static final String BEFORE = "\r\u001b[?7l\u001b[K";

  private static final String AFTER = "\u001b[?7h";

  private final Supplier<LocalCounts> counts;
  private final PrintWriter out;
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private StatusLine(Supplier<LocalCounts> counts, PrintWriter out) {
    this.counts = counts;
    this.out = out;
    this.thread = new Thread(this::run, "status-line");
    thread.setDaemon(true);
  }

  /**
   * Starts to print.
   *
   * @param counts what the pipeline has done until now
   * @param terminal whether {@code out} is one
   */
  static StatusLine start(Supplier<LocalCounts> counts, PrintWriter out, boolean terminal) {
    StatusLine line = new StatusLine(counts, out);
    if (terminal) {
      line.thread.start();
    }
    return line;
  }

  /** The line for what changed between two looks one period apart. */
  static String text(LocalCounts before, LocalCounts now) {
    return String.format(
        "%,d requests/s | %,d accepted | %,d queued | %,d stored | %,d objects",
        (now.requestsTotal() - before.requestsTotal()) / PERIOD.toSeconds(),
        now.accepted(),
        now.queue().total(),
        now.stored(),
        now.objects());
  }

  /** What puts the text on the terminal in the place of the one before. */
  static String drawn(String text) {
    return BEFORE + text + AFTER;
  }

  private void run() {
    try {
      LocalCounts before = counts.get();
      String shown = "";
      while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        LocalCounts now = counts.get();
        String text = text(before, now);
        if (!text.equals(shown)) {
          out.print(drawn(text));
          out.flush();
        }
        before = now;
        shown = text;
      }
      out.println();
      out.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the line. Nothing is interrupted: the queue would log that it could not be counted. */
  void stop() throws InterruptedException {
    stopped.countDown();
    thread.join();
  }
}
