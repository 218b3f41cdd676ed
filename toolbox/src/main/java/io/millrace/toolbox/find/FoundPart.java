package io.millrace.toolbox.find;

import java.util.List;

/**
 * A part of what was looked for.
 *
 * @param name the part of the receipt, or the id of one payload
 * @param object the key where it lies
 * @param offset of the bytes that hold it, in the object
 * @param length of these bytes
 * @param lines as they were stored, without line ends
 */
record FoundPart(String name, String object, long offset, long length, List<byte[]> lines) {
  /** All but the lines in one line, for people. */
  String heading() {
    return object + "  offset " + offset + "  length " + length + "  " + name;
  }
}
