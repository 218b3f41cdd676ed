package io.millrace.toolbox.post;

import java.util.random.RandomGenerator;

/**
 * Always the same part of what may come. Thread-safe.
 *
 * @param part 0 to below 1
 */
record FixedRandom(double part) implements RandomGenerator {
  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("only with a bound");
  }

  @Override
  public long nextLong(long bound) {
    return (long) (bound * part);
  }

  @Override
  public double nextDouble() {
    return part;
  }
}
