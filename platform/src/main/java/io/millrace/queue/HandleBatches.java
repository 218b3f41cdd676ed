package io.millrace.queue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Cuts any number of receipt handles into calls of as many as the service takes.
 *
 * <p>Stateless and thread-safe.
 */
public final class HandleBatches {
  private HandleBatches() {}

  /**
   * Makes one call a batch of handles; a call that throws counts as failed for all of its own, and
   * the others are made all the same.
   *
   * @param call returns the handles that failed, each with the reason
   * @return all handles that failed, each with the reason
   */
  public static Map<String, String> each(
      List<String> handles, Function<List<String>, Map<String, String>> call) {
    Map<String, String> failed = new LinkedHashMap<>();
    for (int from = 0; from < handles.size(); from += MessageQueue.MAX_BATCH_ENTRIES) {
      int to = Math.min(from + MessageQueue.MAX_BATCH_ENTRIES, handles.size());
      List<String> batch = handles.subList(from, to);
      try {
        failed.putAll(call.apply(batch));
      } catch (QueueException e) {
        batch.forEach(handle -> failed.put(handle, String.valueOf(e.getMessage())));
      }
    }
    return failed;
  }
}
