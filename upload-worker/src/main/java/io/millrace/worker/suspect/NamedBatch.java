package io.millrace.worker.suspect;

import io.millrace.worker.exactlyonce.Place;

/**
 * A batch as a manifest names it.
 *
 * @param dataKey of the roll
 * @param bytes length of the roll's object
 * @param crc32c of the batch's frame there, empty if the manifest tells none
 */
record NamedBatch(String dataKey, long bytes, String crc32c) {
  /** The place, for a suspect of that name whose frame has this checksum. */
  Place placeFor(String suspectCrc32c) {
    return new Place(dataKey, bytes, crc32c.equals(suspectCrc32c));
  }
}
