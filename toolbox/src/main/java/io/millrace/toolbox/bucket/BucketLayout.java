package io.millrace.toolbox.bucket;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How payloads lie in the bucket, OBJECT_LAYOUT of the worker. */
public enum BucketLayout {
  /** One object for many batches, with a manifest. */
  ROLLED,
  /** One object for each payload. */
  PAYLOAD;

  /**
   * What is to be used: the option, else the worker's own setting, else {@link #ROLLED}.
   *
   * @param option null if it was not given
   * @throws IllegalArgumentException if the environment names another layout
   */
  public static BucketLayout of(@Nullable BucketLayout option, Map<String, String> environment) {
    if (option != null) {
      return option;
    }
    String named = environment.getOrDefault("OBJECT_LAYOUT", "rolled");
    return switch (named) {
      case "rolled" -> ROLLED;
      case "payload" -> PAYLOAD;
      default ->
          throw new IllegalArgumentException("OBJECT_LAYOUT must be rolled or payload: " + named);
    };
  }
}
