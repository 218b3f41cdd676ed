package io.millrace.worker.roll;

import io.millrace.run.ByteBudget;
import io.millrace.time.Moment;
import io.millrace.time.Ticker;
import io.millrace.worker.roll.ClosedRoll.CloseCause;
import io.millrace.worker.settle.HeldBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The hand-over from pollers to uploaders: open rolls in front, closed ones waiting behind. Pollers
 * ask for room before they receive; uploaders close old rolls when they come for work, so no thread
 * is needed for that.
 *
 * <p>Thread-safe. Batches added = open + waiting + taken and not yet {@link #done} + done; the
 * bytes of all but the last are reserved in the budget.
 */
public final class RollQueue {
  /** Batches with which a roll closes while the queue has nearly all that SQS gives out. */
  static final int CROWDED_ROLL_BATCHES = 1_000;

  private final RollLimits limits;
  private final ByteBudget budget;
  private final RollMetrics metrics;
  private final Ticker ticker;

  private final ReentrantLock lock = new ReentrantLock();
  private final LeaderWait takers = new LeaderWait(lock.newCondition());
  private final Condition room = lock.newCondition();
  private final OpenRolls open;
  private final Deque<ClosedRoll> waiting = new ArrayDeque<>();

  /** By batch id, of all that is added and not yet done. */
  private final Map<String, String> crcs = new HashMap<>();

  private long messages;
  private boolean crowded;
  private boolean ended;

  /**
   * What the queue holds.
   *
   * @param openRolls that still take batches
   * @param waitingRolls closed and not yet taken
   * @param messages added and not yet done
   */
  public record Held(int openRolls, int waitingRolls, long messages) {}

  /**
   * @param budget for its batches, those of the suspects, and receives under way
   */
  public RollQueue(RollLimits limits, ByteBudget budget, RollMetrics metrics, Ticker ticker) {
    this.limits = limits;
    this.budget = budget;
    this.metrics = metrics;
    this.ticker = ticker;
    this.open = new OpenRolls(limits);
  }

  /**
   * Waits until fewer than the allowed closed rolls wait and so many bytes are free, and takes the
   * bytes. What becomes no batch is given back by {@link #release}.
   */
  public void reserve(long bytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.size() >= limits.maxWaiting()) {
        room.await();
      }
    } finally {
      lock.unlock();
    }
    budget.reserve(bytes);
  }

  /** Gives back reserved bytes that became no batch. */
  public void release(long bytes) {
    budget.release(bytes);
  }

  /**
   * Adds a batch, for which {@link HeldBatch#heldBytes} have been reserved. Never waits.
   *
   * @return false, and nothing is added, if the queue has ended
   */
  public boolean add(HeldBatch batch) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      Moment now = ticker.now();
      messages++;
      crcs.putIfAbsent(batch.header().batch(), batch.header().crc32c());
      enqueue(open.add(batch, now));
      if (crowded) {
        enqueue(open.closeLong(CROWDED_ROLL_BATCHES, CloseCause.IN_FLIGHT, now));
      }
      if (messages >= limits.maxMessages() && open.size() > 0) {
        enqueue(List.of(open.closeFullest(CloseCause.IN_FLIGHT, now)));
      }
      ensureLeader();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a batch of the same id, but with other bytes, is held: a further try to send a batch
   * changes none of them, so one of the two is forged.
   */
  public boolean contradicts(HeldBatch batch) {
    lock.lock();
    try {
      String crc = crcs.get(batch.header().batch());
      return crc != null && !crc.equals(batch.header().crc32c());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether all workers together hold nearly as many messages as SQS gives out at once; rolls close
   * early then.
   */
  public void crowded(boolean isCrowded) {
    lock.lock();
    try {
      crowded = isCrowded;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next roll that is closed, or old enough to be.
   *
   * @return null once the queue has ended and all rolls are taken
   */
  public @Nullable ClosedRoll take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Moment now = ticker.now();
        enqueue(open.closeOld(now));
        ClosedRoll roll = waiting.poll();
        if (roll != null) {
          room.signalAll();
          return roll;
        }
        if (ended) {
          return null;
        }
        takers.await(open.nanosToOldest(now.nanos()));
      }
    } finally {
      ensureLeader();
      lock.unlock();
    }
  }

  /** A taken roll is settled; its bytes are free again. */
  public void done(ClosedRoll roll) {
    lock.lock();
    try {
      messages -= roll.batches().size();
      roll.batches().forEach(batch -> crcs.remove(batch.header().batch(), batch.header().crc32c()));
    } finally {
      lock.unlock();
    }
    budget.release(roll.heldBytes());
  }

  /** Closes the open rolls for the takers and refuses further batches. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      enqueue(open.closeAll(ticker.now()));
      takers.wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /** After the end: forgets the rolls that no taker took; their messages are for others. */
  public void abandonWaiting() {
    List<ClosedRoll> left;
    lock.lock();
    try {
      left = List.copyOf(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(this::done);
  }

  /** Closed rolls that may wait before pollers do. */
  int maxWaiting() {
    return limits.maxWaiting();
  }

  /** What it holds now. */
  public Held held() {
    lock.lock();
    try {
      return new Held(open.size(), waiting.size(), messages);
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(List<ClosedRoll> closed) {
    for (ClosedRoll roll : closed) {
      waiting.add(roll);
      metrics.closed(roll.cause());
      takers.wakeOne();
    }
  }

  private void ensureLeader() {
    if (open.size() > 0) {
      takers.ensureLeader();
    }
  }
}
