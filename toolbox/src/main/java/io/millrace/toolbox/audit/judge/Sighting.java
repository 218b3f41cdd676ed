package io.millrace.toolbox.audit.judge;

/**
 * A place where a batch is stored. There may be millions: numbers in the place of texts.
 *
 * @param seq the batch's number
 * @param opened when its first payload came, ms since the epoch; of a foreign object, which doesn't
 *     tell, its hour's start
 * @param payloads its lines; 0 for a checkpoint
 * @param object key of the data object
 * @param offset of its frame in the object; {@value #UNKNOWN} in a foreign object
 * @param length of its frame in bytes
 * @param crc32c of its frame
 */
public record Sighting(
    long seq, long opened, int payloads, String object, long offset, int length, int crc32c) {
  private static final long UNKNOWN = -1;

  /** A batch in an object that no manifest tells of. */
  static Sighting foreign(long seq, long hourStart, int payloads, String object) {
    return new Sighting(seq, hourStart, payloads, object, UNKNOWN, 0, 0);
  }

  /** Whether no manifest tells of the object, so that the frame's place is not known. */
  public boolean isForeign() {
    return offset == UNKNOWN;
  }
}
