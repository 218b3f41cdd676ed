package io.millrace.simulation;

import java.util.PriorityQueue;

/** Simulated time: runs one action after the other, the earliest first. */
final class Scheduler {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowMs;
  private long scheduled;

  Scheduler(long startMs) {
    this.nowMs = startMs;
  }

  long nowMs() {
    return nowMs;
  }

  void after(long delayMs, Runnable action) {
    events.add(new Event(nowMs + delayMs, scheduled++, action));
  }

  /** Runs the next action; false if there is none, and so will never be one. */
  boolean runNext() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    nowMs = next.atMs;
    next.action.run();
    return true;
  }

  /**
   * An action to come.
   *
   * @param number orders actions of the same time as they were scheduled
   */
  private record Event(long atMs, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
