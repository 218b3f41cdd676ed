package io.millrace.worker;

import io.millrace.run.Fault;
import io.millrace.run.StageThreads;
import io.millrace.time.Backoff;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.roll.SuspectQueue;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.settle.Leases;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * The running stages of a worker, and the order in which they stop: upstream before downstream.
 *
 * <p>One thread's own; whoever starts them stops them.
 */
final class WorkerStages {
  /** What a poll that has messages to bring may take to end. */
  private static final Duration POLL_SLACK = Duration.ofSeconds(1);

  /** What an interrupted call to a service may take to end. */
  private static final Duration INTERRUPT_SLACK = Duration.ofSeconds(2);

  /** Threads that hide held messages anew. */
  static final int LEASE_THREADS = 4;

  private final Handovers handovers;
  private final Fault fault;
  private final StageThreads leases;
  private final StageThreads deadLetters;
  private final StageThreads uploaders;
  private final StageThreads checkers;
  private final StageThreads pollers;
  private final StageThreads looks;

  /** What stands between the stages. */
  record Handovers(
      SuspectQueue suspects, RollQueue rolls, DeadLetters deadLetters, Leases leases) {}

  /**
   * What the threads do.
   *
   * @param polls a step for each poller
   * @param look at how much is on the queues
   */
  record Steps(
      List<StageThreads.Step> polls,
      StageThreads.Step check,
      StageThreads.Step upload,
      StageThreads.Step look) {}

  /**
   * Starts all threads, downstream first.
   *
   * @param fault gets the Error of any of them
   */
  WorkerStages(
      Handovers handovers, Steps steps, WorkerSettings settings, Backoff backoff, Fault fault) {
    this.handovers = handovers;
    this.fault = fault;
    leases =
        StageThreads.start(
            "leases",
            Collections.nCopies(LEASE_THREADS, handovers.leases()::runOnce),
            backoff,
            fault);
    deadLetters =
        StageThreads.start(
            "dead-letter",
            Collections.nCopies(DeadLetters.THREADS, handovers.deadLetters()::runOnce),
            backoff,
            fault);
    uploaders =
        StageThreads.start(
            "uploader", Collections.nCopies(settings.maxWorkers(), steps.upload()), backoff, fault);
    checkers =
        StageThreads.start(
            "checker", Collections.nCopies(WorkerSettings.CHECKERS, steps.check()), backoff, fault);
    pollers = StageThreads.start("poller", steps.polls(), backoff, fault);
    looks = StageThreads.start("queue-depth", List.of(steps.look()), backoff, fault);
  }

  /**
   * Ends receiving. Polls that bring messages end by themselves; those that wait for some are
   * broken off.
   *
   * @param stopReceiving breaks off what waits
   */
  void stopPolling(Runnable stopReceiving) {
    looks.stop();
    pollers.finish();
    if (!pollers.join(System.nanoTime() + POLL_SLACK.toNanos())) {
      pollers.stop();
      stopReceiving.run();
      pollers.join(System.nanoTime() + INTERRUPT_SLACK.toNanos());
    }
    looks.join(System.nanoTime() + INTERRUPT_SLACK.toNanos());
  }

  /**
   * Stores what is in rolls, after a fault nothing more; suspects that are not checked by then are
   * left held.
   *
   * @param deadlineNanos until when, on the clock of {@link System#nanoTime}
   */
  void store(long deadlineNanos) {
    List<HeldBatch> unchecked = handovers.suspects().end();
    handovers.rolls().release(unchecked.stream().mapToLong(HeldBatch::heldBytes).sum());
    handovers.deadLetters().end();
    stopBy(checkers, System.nanoTime() + POLL_SLACK.toNanos());
    stopBy(deadLetters, System.nanoTime() + POLL_SLACK.toNanos());
    if (fault.isReported()) {
      uploaders.stop(); // before they are given the open rolls
    }
    handovers.rolls().end();
    stopBy(uploaders, deadlineNanos);
    handovers.rolls().letLie();
    stopBy(leases, System.nanoTime());
  }

  /**
   * Hands all messages that are still held to other workers.
   *
   * @param deadlineNanos until when, on the clock of {@link System#nanoTime}
   */
  void handBack(long deadlineNanos, Backoff backoff) {
    StageThreads last =
        StageThreads.start("hand-back", List.of(handovers.leases()::handBack), backoff, fault);
    stopBy(last, deadlineNanos);
  }

  private static void stopBy(StageThreads threads, long deadlineNanos) {
    if (!threads.join(deadlineNanos)) {
      threads.stop();
      threads.join(System.nanoTime() + INTERRUPT_SLACK.toNanos());
    }
  }
}
