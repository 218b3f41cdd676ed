package io.millrace.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Loads servers over HTTP/1.1 by a plan: open loop, each request at its intended time, or closed.
 *
 * <p>Why not a load generator that is there: it shares two cores with what it measures, so each
 * microsecond of its own is one less for the servers. A request costs it one write of bytes that
 * are there already, one read and a few counters.
 *
 * <p>One thread's own; closing it waits for its lanes, which end by themselves.
 */
public final class LoadGenerator implements AutoCloseable {
  private final List<LaneTally> tallies = new ArrayList<>();
  private final List<Future<?>> running = new ArrayList<>();
  private final ExecutorService threads;
  private final Schedule schedule;

  private LoadGenerator(LoadPlan plan) {
    long start = System.nanoTime();
    long measuredFrom = start + plan.warmUp().toNanos();
    long end = measuredFrom + plan.measured().toNanos();
    schedule = new Schedule(start, measuredFrom, end, plan.perSecond());
    threads = Executors.newFixedThreadPool(plan.lanes());
  }

  /**
   * Connects and starts to send.
   *
   * @throws IOException if a server refuses connections
   */
  public static LoadGenerator start(LoadPlan plan, Requests requests) throws IOException {
    LoadGenerator generator = new LoadGenerator(plan);
    try {
      for (LoadLane lane : generator.lanes(plan, requests)) {
        generator.running.add(generator.threads.submit(lane));
      }
      return generator;
    } catch (IOException e) {
      generator.close();
      throw e;
    } finally {
      generator.threads.shutdown();
    }
  }

  /** Waits until the warm-up is over. */
  public void awaitWarm() throws InterruptedException {
    sleepUntil(schedule.measuredFrom());
  }

  /** Waits until that part of the measured time is over, 0 to 1. */
  public void awaitPart(double part) throws InterruptedException {
    long measured = schedule.end() - schedule.measuredFrom();
    sleepUntil(schedule.measuredFrom() + (long) (measured * part));
  }

  /**
   * Waits until every answer has come, or {@link LoadLane#PATIENCE} is over.
   *
   * @throws IllegalStateException if a lane failed
   */
  public void awaitEnd() throws InterruptedException {
    for (Future<?> lane : running) {
      try {
        lane.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the load generator failed", e.getCause());
      }
    }
  }

  /** What was counted so far, the warm-up included. */
  public LoadCounts counts() {
    return tallies.stream().map(LaneTally::counts).reduce(LoadCounts.none(), LoadCounts::plus);
  }

  /** Latencies in microseconds that were measured since the last call. */
  public Histogram latencies() {
    Histogram sum = new Histogram(3);
    tallies.forEach(tally -> tally.drainInto(sum));
    return sum;
  }

  @Override
  public void close() {
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<LoadLane> lanes(LoadPlan plan, Requests requests) throws IOException {
    List<LoadLane> lanes = new ArrayList<>();
    for (int lane = 0; lane < plan.lanes(); lane++) {
      List<InetSocketAddress> targets = new ArrayList<>();
      for (int i = lane; i < plan.connections(); i += plan.lanes()) {
        targets.add(plan.targets().get(i % plan.targets().size()));
      }
      LaneTally tally = new LaneTally();
      tallies.add(tally);
      int first = lane * requests.count() / plan.lanes();
      lanes.add(new LoadLane(targets, requests, first, schedule.share(lane, plan.lanes()), tally));
    }
    return lanes;
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    long left = nanos - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }
}
