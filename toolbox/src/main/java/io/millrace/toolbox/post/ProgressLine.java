package io.millrace.toolbox.post;

import io.millrace.toolbox.terminal.Lines;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One line on a terminal that is drawn anew four times a second until closed. */
final class ProgressLine implements AutoCloseable {
  private static final int WIDTH = 10;

  /** Of less, what is read ahead makes a large part: the bar would run ahead of the answers. */
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
    terminal.print(Lines.redrawn(text));
    terminal.flush();
  }

  private String text() {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    boolean bar = totalBytes >= MIN_BAR_BYTES;
    double read = bar ? (double) run.files().bytesRead() / totalBytes : 0;
    return (bar ? bar(done(read, run.tally())) : "") + counts(run.tally(), seconds);
  }

  /** What has come of it so far. */
  static String counts(PostTally tally, double seconds) {
    long accepted = tally.acceptedCollections();
    return String.format(
        Locale.ROOT,
        "%,d sent, %,d accepted, %,.0f/s, %,d retries",
        tally.sentCollections(),
        accepted,
        accepted / Math.max(seconds, 1e-3),
        tally.retries());
  }

  /**
   * The part that has its 202: of what is read, as much as is accepted of what was sent of it.
   *
   * @param read part of the inputs, 0 to 1
   */
  static double done(double read, PostTally tally) {
    return read * tally.acceptedCollections() / Math.max(1, tally.sentCollections());
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
