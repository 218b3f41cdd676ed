package io.millrace.worker.check;

import io.millrace.worker.once.Place;

/**
 * A batch as a manifest names it.
 *
 * @param dataKey of the roll
 * @param bytes length of the roll's object
 * @param crc32c of the batch's frame there, empty if the manifest tells none
 */
record Named(String dataKey, long bytes, String crc32c) {
  /** The place, for a suspect of that name whose frame has this checksum. */
  Place placeFor(String suspectCrc32c) {
    return new Place(dataKey, bytes, crc32c.equals(suspectCrc32c));
  }
}
