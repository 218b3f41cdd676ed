package io.millrace.local;

import java.io.PrintWriter;
import java.time.Duration;

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

  private final LocalPipeline pipeline;
  private final PrintWriter out;
  private final Thread thread;

  private StatusLine(LocalPipeline pipeline, PrintWriter out) {
    this.pipeline = pipeline;
    this.out = out;
    this.thread = new Thread(this::run, "status-line");
    thread.setDaemon(true);
  }

  /**
   * Starts to print.
   *
   * @param terminal whether {@code out} is one
   */
  static StatusLine start(LocalPipeline pipeline, PrintWriter out, boolean terminal) {
    StatusLine line = new StatusLine(pipeline, out);
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

  private void run() {
    LocalCounts before = pipeline.counts();
    String shown = "";
    try {
      while (true) {
        Thread.sleep(PERIOD.toMillis());
        LocalCounts now = pipeline.counts();
        String text = text(before, now);
        if (!text.equals(shown)) {
          out.print(BEFORE + text + AFTER);
          out.flush();
        }
        before = now;
        shown = text;
      }
    } catch (InterruptedException e) {
      out.println();
      out.flush();
    }
  }

  /** Ends the line. */
  void stop() throws InterruptedException {
    if (thread.isAlive()) {
      thread.interrupt();
      thread.join();
    }
  }
}
