package io.millrace.simulation;

import java.time.Duration;

/**
 * The circumstances of one run.
 *
 * @param startMs of simulated time, ms since the epoch; about the turn of an hour
 * @param batches that the web tiers open
 * @param spreadMs time within which they do
 * @param skewMs how far off the clocks of the processes may be, either way
 * @param backlogMs how long the workers start after the web tiers
 * @param visibilityMs how long a delivery hides a message
 * @param maxReceives after so many receives a worker moves a message to the dead letters
 * @param netReceives after so many receives the queue itself does
 * @param rollBatches that close a roll
 * @param rollAgeMs that closes a roll
 * @param pageKeys on a page of a LIST
 * @param processes of the web tier, and the workers
 * @param faults at most
 */
record Scenario(
    long startMs,
    int batches,
    long spreadMs,
    long skewMs,
    long backlogMs,
    long visibilityMs,
    int maxReceives,
    int netReceives,
    int rollBatches,
    long rollAgeMs,
    int pageKeys,
    Processes processes,
    int faults) {
  private static final long TURN_MS = Duration.ofHours(490_000).toMillis();
  private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

  /**
   * How many run at a time.
   *
   * @param uploads at a time in one worker
   */
  record Processes(int webs, int workers, int uploads) {}

  /** Anything that may be. */
  static Scenario any(Chance chance) {
    return new Scenario(
        TURN_MS - chance.upTo(2 * MINUTE_MS),
        chance.between(1, 6),
        chance.upTo(10 * MINUTE_MS),
        chance.happens(0.5) ? 0 : chance.upTo(7 * MINUTE_MS),
        chance.happens(0.8) ? 0 : chance.upTo(180 * MINUTE_MS),
        1000L * chance.between(10, 120),
        chance.between(1, 8),
        chance.between(2, 10),
        chance.between(1, 4),
        chance.upTo(30_000),
        chance.between(1, 4),
        new Processes(chance.between(1, 3), chance.between(1, 4), chance.between(1, 3)),
        chance.between(0, 60));
  }

  /**
   * Messages become dead letters within seconds and are sent back at once, so that no other sign
   * than redrive's mark tells that they were delivered before.
   */
  static Scenario quickRedrive(Chance chance) {
    Scenario any = any(chance);
    return new Scenario(
        any.startMs,
        any.batches,
        any.spreadMs,
        0,
        0,
        1000L * chance.between(2, 5),
        1,
        any.netReceives,
        any.rollBatches,
        chance.upTo(10_000),
        any.pageKeys,
        any.processes,
        any.faults);
  }
}
