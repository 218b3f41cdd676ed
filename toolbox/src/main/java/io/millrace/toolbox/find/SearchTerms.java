package io.millrace.toolbox.find;

import io.millrace.model.BatchId;
import io.millrace.model.Receipt;
import java.util.List;

/** What is to be found. Stateless and thread-safe. */
final class SearchTerms {
  private SearchTerms() {}

  /**
   * Reads a receipt of one or several parts, or the id of one line.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  static List<Receipt> parse(String text) {
    if (text.indexOf('+') >= 0) {
      return Receipt.parse(text);
    }
    int dash = text.lastIndexOf('-');
    if (dash < 0 || !text.substring(dash + 1).matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "neither a receipt, <batch>-<first>+<count>, nor a line's id, <batch>-<n>: " + text);
    }
    BatchId batch = BatchId.parse(text.substring(0, dash));
    return List.of(new Receipt(batch, Integer.parseInt(text.substring(dash + 1)), 1));
  }
}
