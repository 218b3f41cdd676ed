package io.millrace.worker.roll;

import io.millrace.model.Hour;
import io.millrace.worker.settle.HeldBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The hand-over from pollers to checkers: batches that may be stored already, or be in another
 * roll. Their bytes stay reserved in the budget of the rolls, which bounds this queue too.
 *
 * <p>Thread-safe. Suspects added = waiting + taken + left at the end.
 */
public final class SuspectQueue {
  /** Most that are checked together: their claims are put before the manifests are listed. */
  private static final int MAX_TOGETHER = 500;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition some = lock.newCondition();
  private final Deque<HeldBatch> waiting = new ArrayDeque<>();
  private boolean ended;

  /**
   * Adds suspects.
   *
   * @return false, and nothing is added, if the queue has ended
   */
  public boolean add(List<HeldBatch> suspects) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      waiting.addAll(suspects);
      some.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a suspect and takes it with others of its hour.
   *
   * @return null once the queue has ended
   */
  public @Nullable List<HeldBatch> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !ended) {
        some.await();
      }
      if (ended) {
        return null;
      }
      List<HeldBatch> taken = takeOfOneHour();
      if (!waiting.isEmpty()) {
        some.signal();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses further suspects and wakes all takers.
   *
   * @return those that nobody took
   */
  public List<HeldBatch> end() {
    lock.lock();
    try {
      ended = true;
      some.signalAll();
      List<HeldBatch> left = List.copyOf(waiting);
      waiting.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** Suspects that wait. */
  public int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private List<HeldBatch> takeOfOneHour() {
    Hour hour = waiting.getFirst().hour();
    List<HeldBatch> taken = new ArrayList<>();
    for (Iterator<HeldBatch> it = waiting.iterator();
        it.hasNext() && taken.size() < MAX_TOGETHER; ) {
      HeldBatch next = it.next();
      if (next.hour().equals(hour)) {
        taken.add(next);
        it.remove();
      }
    }
    return taken;
  }
}
