package io.millrace.toolbox.find;

import io.millrace.model.Receipt;
import java.util.List;

/**
 * A part of a receipt that was found.
 *
 * @param part batch, first number and count
 * @param place where its batch lies
 * @param lines as they were stored, without their line ends
 */
record FoundPart(Receipt part, Place place, List<byte[]> lines) {
  /** Object, offset and length in one line, for people. */
  String heading() {
    return place.object()
        + "  offset "
        + place.entry().offset()
        + "  length "
        + place.entry().length()
        + "  "
        + part;
  }
}
