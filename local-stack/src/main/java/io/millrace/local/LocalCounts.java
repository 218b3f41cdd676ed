package io.millrace.local;

import io.millrace.queue.QueueCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a local pipeline has done.
 *
 * @param requests by outcome: accepted, or the reason of the refusal
 * @param accepted payloads answered with 202
 * @param stored payloads in objects
 * @param objects data objects written
 * @param queue messages on the queue
 * @param deadLetters messages that came to the dead-letter queue
 */
record LocalCounts(
    Map<String, Long> requests,
    long accepted,
    long stored,
    long objects,
    QueueCounts queue,
    long deadLetters) {

  private static final String ACCEPTED = "accepted";

  LocalCounts {
    requests = new TreeMap<>(requests);
  }

  /** Requests answered so far, whatever the answer. */
  long requestsTotal() {
    return requests.values().stream().mapToLong(Long::longValue).sum();
  }

  /** 0 if every acknowledged payload is stored, 1 if not. */
  int exitCode() {
    return stored >= accepted && queue.total() == 0 && deadLetters == 0 ? 0 : 1;
  }

  /** The summary at the end, a line a count. */
  List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add("payloads accepted  " + accepted);
    lines.add("payloads stored    " + stored + " in " + objects + " objects");
    lines.add("still queued       " + queue.total() + " messages");
    if (deadLetters > 0) {
      lines.add("dead letters       " + deadLetters + " messages");
    }
    requests.forEach(
        (outcome, count) -> {
          if (!outcome.equals(ACCEPTED)) {
            lines.add("requests rejected  " + count + " " + outcome);
          }
        });
    if (exitCode() != 0) {
      lines.add("NOT ALL that was acknowledged is stored");
    }
    return lines;
  }
}
