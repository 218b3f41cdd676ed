package io.millrace.web.batch;

import io.millrace.run.ByteBudget;
import io.millrace.time.Moment;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The hand-over from request threads to sender threads: collections go in, closed batches come out.
 * An open batch that has lingered is closed by the sender that takes it, so that no thread is there
 * for time alone; while all senders are busy it goes on filling, and costs no memory of its own.
 *
 * <p>A batch of large collections alone waits behind the others, but one in {@value
 * #MAX_AHEAD_OF_BULK} + 1 is such a batch if there is one, and only some takers may have one. So a
 * small collection finds a taker, however many bytes of large ones are inside.
 *
 * <p>Thread-safe. Unbounded in batches; {@link ByteBudget} bounds their bytes. Identity: payloads
 * added = payloads taken + payloads inside.
 */
public final class BatchQueue {
  private static final int MAX_AHEAD_OF_BULK = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition available = lock.newCondition();

  /** Closed, in the order of closing: those with a small collection in them, and the others. */
  private final Deque<Batch> closed = new ArrayDeque<>();

  private final Deque<Batch> closedBulk = new ArrayDeque<>();
  private final Packer packer;
  private final Ticker ticker;
  private final int maxBulkTaken;

  /** The one sender that waits for a deadline; the others wait to be woken. */
  private @Nullable Thread leader;

  /** Batches taken since the last of {@link #closedBulk}. */
  private int aheadOfBulk;

  /** Batches of large collections alone that were taken and have not ended. */
  private int bulkTaken;

  private boolean ended;

  /**
   * When a batch closes.
   *
   * @param maxBytes of its lines, uncompressed
   * @param linger longest wait for further collections
   * @param checkpointAfter silence after which a checkpoint tells the last number
   */
  public record Limits(int maxBytes, Duration linger, Duration checkpointAfter) {
    public Limits {
      if (maxBytes < 1 || linger.isNegative()) {
        throw new IllegalArgumentException("maxBytes " + maxBytes + ", linger " + linger);
      }
    }
  }

  /**
   * @param numbers of the batches; nobody else takes any
   * @param maxBulkTaken how many batches of large collections alone may be under way, at least 1;
   *     fewer than there are takers, or a small collection waits until one of those has ended
   */
  public BatchQueue(Limits limits, BatchNumbers numbers, Ticker ticker, int maxBulkTaken) {
    this.packer = new Packer(limits, numbers);
    this.ticker = ticker;
    this.maxBulkTaken = maxBulkTaken;
  }

  /**
   * Adds a collection, whose bytes are reserved.
   *
   * @return false if the queue has been closed; nothing was added then
   * @throws IllegalArgumentException if one of its payloads fits no batch; nothing was added then
   */
  public boolean add(PendingCollection pending) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      boolean wasEmpty = packer.isEmpty();
      int before = closedSize();
      packer.add(pending, this::addClosed);
      if (wasEmpty) {
        leader = null; // it waits for a later deadline than the new batch's
      }
      if (wasEmpty || closedSize() > before) {
        available.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next batch, waiting for one to be full, to have lingered, or for a checkpoint.
   *
   * @return null if the queue has been closed and is empty
   * @throws InterruptedException if interrupted while waiting
   */
  public @Nullable Batch take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Batch batch = poll();
        if (batch != null && batch.isBulk()) {
          bulkTaken++;
        }
        if (batch != null || ended) {
          return batch;
        }
        await();
      }
    } finally {
      if (!closed.isEmpty()
          || mayTakeBulk()
          || (leader == null && packer.deadlineNanos() != null)) {
        available.signal();
      }
      lock.unlock();
    }
  }

  /** Ends adding, closes the open batch and wakes all takers. */
  public void close() {
    lock.lock();
    try {
      ended = true;
      Batch last = packer.flush(ticker.nanos());
      if (last != null) {
        addClosed(last);
      }
      available.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A checkpoint at the end, after {@link #close} and when all batches have ended; null if there is
   * nothing left to tell.
   *
   * @param opened what its time to be sent counts from
   */
  public @Nullable Batch lastCheckpoint(Moment opened) {
    lock.lock();
    try {
      return packer.checkpoint(opened);
    } finally {
      lock.unlock();
    }
  }

  /** A batch that was taken has ended. */
  public void ended(Batch batch) {
    if (!batch.isBulk()) {
      return;
    }
    lock.lock();
    try {
      bulkTaken--;
      if (mayTakeBulk()) {
        available.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes the buffer of a batch whose lines are no longer needed, and can't be read any more. */
  public void recycle(Batch batch) {
    lock.lock();
    try {
      packer.recycle(batch.giveUpBuffer());
    } finally {
      lock.unlock();
    }
  }

  private void addClosed(Batch batch) {
    (batch.isBulk() ? closedBulk : closed).add(batch);
  }

  private int closedSize() {
    return closed.size() + closedBulk.size();
  }

  private @Nullable Batch poll() {
    if (aheadOfBulk >= MAX_AHEAD_OF_BULK && mayTakeBulk()) {
      return pollBulk();
    }
    Batch batch = closed.poll();
    if (batch == null && !ended) {
      batch = packer.closeIfDue(ticker.now());
    }
    if (batch == null) {
      return mayTakeBulk() ? pollBulk() : null;
    }
    aheadOfBulk++;
    return batch;
  }

  private boolean mayTakeBulk() {
    return !closedBulk.isEmpty() && (bulkTaken < maxBulkTaken || ended);
  }

  private @Nullable Batch pollBulk() {
    aheadOfBulk = 0;
    return closedBulk.poll();
  }

  @SuppressWarnings("WaitNotInLoop") // take() is the loop
  private void await() throws InterruptedException {
    Long deadline = packer.deadlineNanos();
    if (deadline == null || leader != null) {
      available.await();
      return;
    }
    Thread self = Thread.currentThread();
    leader = self;
    try {
      available.awaitNanos(deadline - ticker.nanos());
    } finally {
      if (leader == self) {
        leader = null;
      }
    }
  }
}
