package io.millrace.model;

import java.util.random.RandomGenerator;

/**
 * Makes writer ids: 26 characters of Crockford's base 32, the first 10 the start time in
 * milliseconds, the other 16 random (80 bits), as in the ULID specification. They sort by time and
 * name one run of one web process; the same form names a worker's run.
 *
 * <p>Stateless and thread-safe.
 */
public final class WriterId {
  /** Characters of an id. */
  public static final int LENGTH = 26;

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TIME_CHARACTERS = 10;

  private WriterId() {}

  /**
   * A new id.
   *
   * @param epochMs the process's start in ms since the epoch, 0 to 2^48 - 1
   * @param random source of the 80 random bits
   */
  public static String next(long epochMs, RandomGenerator random) {
    if (epochMs < 0 || epochMs >= 1L << 48) {
      throw new IllegalArgumentException("epochMs is " + epochMs + ", not within 48 bits");
    }
    StringBuilder id = new StringBuilder(LENGTH);
    for (int shift = 5 * (TIME_CHARACTERS - 1); shift >= 0; shift -= 5) {
      id.append(ALPHABET.charAt((int) (epochMs >>> shift) & 31));
    }
    while (id.length() < LENGTH) {
      id.append(ALPHABET.charAt(random.nextInt(32)));
    }
    return id.toString();
  }

  /**
   * When the process of that id was started, ms since the epoch.
   *
   * @param id for which {@link #isValid} holds
   */
  public static long epochMs(String id) {
    long time = 0;
    for (char character : id.substring(0, TIME_CHARACTERS).toCharArray()) {
      time = time << 5 | ALPHABET.indexOf(character);
    }
    return time;
  }

  /** Whether {@code text} has the form of a writer id. */
  public static boolean isValid(String text) {
    return text.length() == LENGTH && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
  }
}
