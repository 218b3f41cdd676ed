package io.millrace.run;

import java.time.Duration;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tier that runs, until its process is told to stop or has a fault. Either way the tier is closed
 * once and the process ends: with 0, or with 70 if there was a fault or closing failed.
 *
 * <p>Thread-safe.
 */
public final class TierRun {
  /** Exit code of sysexits.h for a fault of the program itself. */
  public static final int EX_SOFTWARE = 70;

  /**
   * Longest that closing may take after a fault; a closing worker interrupts its threads and hands
   * its messages back in less. After it the process ends as by kill -9, which loses nothing either.
   */
  private static final Duration CLOSE_AFTER_FAULT = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(TierRun.class);

  private final AutoCloseable tier;
  private final Fault fault;
  private final IntConsumer exit;

  /**
   * @param exit ends the process with a code, at once
   */
  public TierRun(AutoCloseable tier, Fault fault, IntConsumer exit) {
    this.tier = tier;
    this.fault = fault;
    this.exit = exit;
  }

  /**
   * Waits for the end; in a process it doesn't return.
   *
   * @param announce run as soon as a signal drains the tier: whoever reads that it is ready may
   *     send one at once
   */
  public void untilEnd(Runnable announce) {
    // The JVM would end a signalled process with 143; a tier that drained ends with 0.
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "shutdown"));
    announce.run();
    endAfterFault();
  }

  /** Waits for a fault, and ends the process in a bounded time; not if interrupted. */
  public void endAfterFault() {
    try {
      fault.await();
      Thread closing = new Thread(this::end, "shutdown-after-fault");
      closing.setDaemon(true);
      closing.start();
      closing.join(CLOSE_AFTER_FAULT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    exit.accept(EX_SOFTWARE);
  }

  /** Closes the tier and ends the process; whoever comes second waits for the first. */
  synchronized void end() {
    boolean closed = false;
    try {
      tier.close();
      closed = true;
    } catch (Exception | Error e) {
      LOG.error("Stopping failed", e);
    }
    exit.accept(closed && !fault.isReported() ? 0 : EX_SOFTWARE);
  }
}
