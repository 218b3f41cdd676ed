package io.millrace.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A delivery's right to store a batch: of all claims to a batch the greatest has it. Written as
 * {@code <n, zero-padded>-<random>}, so that names sort as claims do.
 *
 * @param n one more than the greatest that the delivery saw; 0 for a delivery that made no claim
 * @param random decides between deliveries that saw the same; {@value #RANDOM_LENGTH} hex digits,
 *     empty without a claim
 */
public record Claim(int n, String random) implements Comparable<Claim> {
  /** What a delivery holds that was never suspected; less than every claim. */
  public static final Claim NONE = new Claim(0, "");

  private static final int RANDOM_LENGTH = 16;
  private static final Pattern FORM = Pattern.compile("[0-9]{8}-[0-9a-f]{" + RANDOM_LENGTH + "}");
  private static final int NUMBER_LENGTH = 8;
  private static final Comparator<Claim> ORDER =
      Comparator.comparingInt(Claim::n).thenComparing(Claim::random);

  /** A claim greater than all of the given ones. */
  public static Claim above(Collection<Claim> others, RandomGenerator random) {
    int highest = others.stream().mapToInt(Claim::n).max().orElse(0);
    return new Claim(highest + 1, "%016x".formatted(random.nextLong()));
  }

  /** Whether {@code text} has the form of a claim. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Claim parse(String text) {
    if (!isValid(text)) {
      throw new IllegalArgumentException("not a claim: " + text);
    }
    return new Claim(
        Integer.parseInt(text.substring(0, NUMBER_LENGTH)), text.substring(NUMBER_LENGTH + 1));
  }

  @Override
  public int compareTo(Claim other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%08d-%s".formatted(n, random);
  }
}
