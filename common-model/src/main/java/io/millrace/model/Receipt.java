package io.millrace.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One part of what a client gets in the 202: consecutive payloads of one batch, written {@code
 * <batch>-<first>+<count>}. The line ids of the payloads are {@code <batch>-<first>} to {@code
 * <batch>-<first + count - 1>}.
 *
 * @param batch the batch that holds the payloads
 * @param first number of the first payload in the batch, from 0
 * @param count payloads, at least 1
 */
public record Receipt(BatchId batch, int first, int count) {
  public Receipt {
    if (first < 0 || count < 1) {
      throw new IllegalArgumentException("first is " + first + ", count is " + count);
    }
  }

  /**
   * Reads a receipt of one or, comma-joined, several parts.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static List<Receipt> parse(String text) {
    return Arrays.stream(text.split(",", -1)).map(Receipt::parsePart).toList();
  }

  /** Joins the parts of one collection by commas, in the order of its payloads. */
  public static String join(List<Receipt> parts) {
    return parts.stream().map(Receipt::toString).collect(Collectors.joining(","));
  }

  private static Receipt parsePart(String part) {
    int plus = part.lastIndexOf('+');
    int dash = part.lastIndexOf('-', Math.max(plus, 0));
    if (dash < 0 || !part.substring(dash + 1).matches("[0-9]{1,9}\\+[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException("not a receipt: " + part);
    }
    return new Receipt(
        BatchId.parse(part.substring(0, dash)),
        Integer.parseInt(part.substring(dash + 1, plus)),
        Integer.parseInt(part.substring(plus + 1)));
  }

  @Override
  public String toString() {
    return batch + "-" + first + "+" + count;
  }
}
