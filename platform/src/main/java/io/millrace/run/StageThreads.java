package io.millrace.run;

import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one stage, each running its step again and again until the step says that there is
 * no more to do, or the stage is stopped. A step that fails with an exception is logged and the
 * thread goes on; one that fails with an Error ends the process. So a thread is gone only if the
 * stage has ended or the process is about to.
 *
 * <p>Thread-safe; whoever starts them stops and joins them.
 */
public final class StageThreads {
  private static final Logger LOG = LoggerFactory.getLogger(StageThreads.class);

  private final List<Thread> threads = new ArrayList<>();
  private final Backoff backoff;
  private final Ticker ticker;
  private final Fault fault;
  private final FailureStreak streak = new FailureStreak();
  private volatile boolean stopped;

  private StageThreads(Backoff backoff, Ticker ticker, Fault fault) {
    this.backoff = backoff;
    this.ticker = ticker;
    this.fault = fault;
  }

  /** One round of a stage's work. */
  @FunctionalInterface
  public interface Step {
    /**
     * Does the next piece of work, waiting for it if need be.
     *
     * @return false if there will be no more
     * @throws InterruptedException if told to stop
     */
    boolean runOnce() throws InterruptedException;
  }

  /**
   * Starts a thread for each step.
   *
   * @param name of the threads, followed by a number
   * @param backoff after a step failed with an exception that it should have handled
   * @param ticker the time, of that backoff and of {@link #join}
   * @param fault gets the Error of a step
   */
  public static StageThreads start(
      String name, List<Step> steps, Backoff backoff, Ticker ticker, Fault fault) {
    StageThreads stage = new StageThreads(backoff, ticker, fault);
    for (Step step : steps) {
      String numbered = name + "-" + (stage.threads.size() + 1);
      stage.threads.add(new Thread(() -> stage.run(step), numbered));
    }
    stage.threads.forEach(Thread::start);
    return stage;
  }

  /** Tells all threads to stop after the step that they are in. */
  public void finish() {
    stopped = true;
  }

  /** Tells all threads to stop, and interrupts what they wait for. */
  public void stop() {
    finish();
    threads.forEach(Thread::interrupt);
  }

  /**
   * Waits for all threads to end.
   *
   * @param deadlineNanos until when, by {@link Ticker#nanos}
   * @return whether all have ended
   */
  public boolean join(long deadlineNanos) {
    boolean ended = true;
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, (deadlineNanos - ticker.nanos()) / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      ended &= !thread.isAlive();
    }
    return ended;
  }

  private void run(Step step) {
    int failures = 0;
    try {
      while (!stopped) {
        try {
          if (!step.runOnce()) {
            return;
          }
          failures = 0;
          streak.succeeded();
        } catch (RuntimeException e) {
          failures++;
          if (streak.failed()) {
            LOG.error("Unexpected failure, {} in a row; going on", streak.length(), e);
          }
          ticker.pause(backoff.delay(failures));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Error e) {
      fault.report("Thread " + Thread.currentThread().getName(), e);
    }
  }
}
