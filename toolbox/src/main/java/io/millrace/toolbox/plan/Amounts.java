package io.millrace.toolbox.plan;

import java.util.Locale;

/** Numbers as people read them: grouped, with about three digits. Stateless and thread-safe. */
final class Amounts {
  private Amounts() {}

  /** Whole from 100 on, else with the decimals that make three digits. */
  static String of(double value) {
    double size = Math.abs(value);
    if (size >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int decimals = size >= 10 ? 1 : size >= 1 ? 2 : 2 + (int) -Math.floor(Math.log10(size));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A text with {@code %s} in the places of the amounts. */
  static String fill(String text, double... values) {
    Object[] amounts = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      amounts[i] = of(values[i]);
    }
    return String.format(Locale.ROOT, text, amounts);
  }
}
