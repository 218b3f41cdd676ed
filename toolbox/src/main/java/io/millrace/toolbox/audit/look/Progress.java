package io.millrace.toolbox.audit.look;

import io.millrace.toolbox.terminal.Lines;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the audit is at, on standard error: on a terminal a line with a bar that is drawn anew four
 * times a second, elsewhere a line every ten seconds. Thread-safe.
 */
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 20;
  private static final long REDRAW_MS = 250;
  private static final long SPARSE_MS = 10_000;
  private static final long UNCOUNTED = -1;

  private final PrintWriter err;
  private final boolean terminal;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicLong done = new AtomicLong();
  private volatile Phase phase = new Phase("starting", 0);

  private record Phase(String what, long total) {}

  private Progress(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** Begins to tell. */
  public static Progress start(PrintWriter err, boolean terminal) {
    Progress progress = new Progress(err, terminal);
    long period = terminal ? REDRAW_MS : SPARSE_MS;
    var unused =
        progress.clock.scheduleAtFixedRate(progress::tell, period, period, TimeUnit.MILLISECONDS);
    return progress;
  }

  /**
   * A new phase begins.
   *
   * @param what is counted
   * @param total how many there are; 0 if that is not known
   */
  public void begin(String what, long total) {
    done.set(0);
    phase = new Phase(what, total);
  }

  /**
   * A new phase begins in which nothing is counted.
   *
   * @param what goes on
   */
  void say(String what) {
    phase = new Phase(what, UNCOUNTED);
  }

  /** One more is done. */
  public void done() {
    done.incrementAndGet();
  }

  private void tell() {
    Phase now = phase;
    String counts =
        now.total == UNCOUNTED
            ? now.what
            : String.format(Locale.ROOT, "%,d %s", done.get(), now.what);
    if (!terminal) {
      err.println("audit: " + counts + (now.total > 0 ? " of " + now.total : ""));
      return;
    }
    draw(now.total > 0 ? bar((double) done.get() / now.total) + counts : counts);
  }

  private static String bar(double part) {
    double shown = Math.min(1, part);
    int filled = (int) (shown * WIDTH);
    String bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
    return String.format(Locale.ROOT, "[%s] %3.0f %%  ", bar, shown * 100);
  }

  private void draw(String text) {
    err.print(Lines.redrawn(text));
    err.flush();
  }

  /** Tells no more and clears the line. */
  @Override
  public void close() {
    clock.shutdownNow();
    if (terminal) {
      draw("");
    }
  }
}
