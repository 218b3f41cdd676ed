package io.millrace.simulation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All that is left to chance in a run, from one seed. */
final class Chance {
  private static final long BRIEF_MS = 300;

  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** A number from {@code min} to {@code max}, both included. */
  int between(int min, int max) {
    return random.nextInt(min, max + 1);
  }

  /** Any number up to {@code max}, small ones as likely as large ones of the same magnitude. */
  long upTo(long max) {
    return (long) Math.expm1(random.nextDouble() * Math.log1p((double) max));
  }

  /** What a call or a decision takes when nothing is wrong. */
  long briefly() {
    return upTo(BRIEF_MS);
  }

  RandomGenerator random() {
    return random;
  }
}
