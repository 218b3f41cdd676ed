package io.millrace.toolbox.audit.judge;

import java.util.List;
import java.util.SortedMap;

/**
 * What became of a writer's numbers in the range: each is stored, abandoned, dead-lettered,
 * missing, unsettled or open; a stored one may be double as well. Immutable.
 *
 * @param writer its id
 * @param began when it started, ms since the epoch
 * @param last the highest number judged; 0 if none was
 * @param unseenBelow numbers below it were not looked at and may belong into the range; 0 if there
 *     are none
 * @param stored in at least one object
 * @param payloads lines of the stored ones
 * @param abandoned collections answered with an error, and not stored
 * @param doubles stored at more than one place, with the objects
 * @param deadLettered in the dead-letter queue and not stored
 * @param missing nowhere, though it has been on the queue and the queue is empty
 * @param unsettled not stored, but may still be on the queue
 * @param open not stored; nobody knows whether it was ever sent
 * @param frontier for the watermark
 */
public record WriterReport(
    String writer,
    long began,
    long last,
    long unseenBelow,
    Ranges stored,
    long payloads,
    Ranges abandoned,
    SortedMap<Long, List<String>> doubles,
    Ranges deadLettered,
    Ranges missing,
    Ranges unsettled,
    Ranges open,
    WriterFrontier frontier) {

  /** Whether all its numbers are looked at, and stored once or abandoned. */
  public boolean isClean() {
    return unseenBelow == 0
        && doubles.isEmpty()
        && deadLettered.isEmpty()
        && missing.isEmpty()
        && unsettled.isEmpty()
        && open.isEmpty();
  }
}
