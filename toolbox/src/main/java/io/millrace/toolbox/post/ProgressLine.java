package io.millrace.toolbox.post;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One line on a terminal that is drawn anew four times a second until closed. */
final class ProgressLine implements AutoCloseable {
  private static final int WIDTH = 10;

  /** Of less, what is read ahead makes a large part: the bar would be full at once. */
  private static final long MIN_BAR_BYTES = 16 << 20;

  private static final long PERIOD_MS = 250;

  private final PrintWriter terminal;
  private final PostRun run;
  private final long totalBytes;
  private final long startNanos = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  private ProgressLine(PrintWriter terminal, PostRun run) throws IOException {
    this.terminal = terminal;
    this.run = run;
    totalBytes = run.files().bytesTotal();
  }

  /** Begins to draw. */
  static ProgressLine start(PrintWriter terminal, PostRun run) throws IOException {
    ProgressLine line = new ProgressLine(terminal, run);
    var unused =
        line.clock.scheduleAtFixedRate(
            () -> line.draw(line.text()), 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    return line;
  }

  private void draw(String text) {
    terminal.print("\r" + text + "\u001b[K");
    terminal.flush();
  }

  /** The line, of less than 60 columns; a bar only for large inputs whose size is known. */
  private String text() {
    Tally tally = run.tally();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    long accepted = tally.acceptedCollections();
    String counts =
        String.format(
            Locale.ROOT,
            "%,d accepted, %,.0f/s, %,d retries",
            accepted,
            accepted / Math.max(seconds, 1e-3),
            tally.retries());
    return totalBytes < MIN_BAR_BYTES
        ? counts
        : bar((double) run.files().bytesRead() / totalBytes) + counts;
  }

  private static String bar(double part) {
    double shown = Math.min(1, part);
    int filled = (int) (shown * WIDTH);
    String bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
    return String.format(Locale.ROOT, "[%s] %3.0f %%  ", bar, shown * 100);
  }

  /** Stops drawing and clears the line. */
  @Override
  public void close() {
    clock.shutdownNow();
    draw("");
  }
}
