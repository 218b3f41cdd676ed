package io.millrace.toolbox.audit.judge;

import io.millrace.model.BatchId;
import org.jspecify.annotations.Nullable;

/**
 * The id of a payload, {@code <batch>-<n>}.
 *
 * @param n its number in the batch, from 0
 */
public record LineId(BatchId batch, int n) {
  /** Reads an id; null if the text is none, or null. */
  public static @Nullable LineId parse(@Nullable String text) {
    int dash = text == null ? -1 : text.lastIndexOf('-');
    if (text == null || dash < 0 || !text.substring(dash + 1).matches("0|[1-9][0-9]{0,8}")) {
      return null;
    }
    try {
      BatchId batch = BatchId.parse(text.substring(0, dash));
      return new LineId(batch, Integer.parseInt(text.substring(dash + 1)));
    } catch (IllegalArgumentException otherForm) {
      return null;
    }
  }

  @Override
  public String toString() {
    return batch + "-" + n;
  }
}
