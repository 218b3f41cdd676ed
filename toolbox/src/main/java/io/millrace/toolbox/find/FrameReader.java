package io.millrace.toolbox.find;

import io.millrace.codec.Frame;
import io.millrace.model.Receipt;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.toolbox.compressed.FrameLines;
import java.io.IOException;
import java.util.List;

/**
 * Reads one batch out of an object by one ranged GET. Thread-safe.
 *
 * @param store not closed here
 */
record FrameReader(ObjectStore store) {
  /**
   * The lines of a receipt's part, without their line ends.
   *
   * @param place where its batch lies
   * @throws IOException if the frame is damaged or has no such lines
   * @throws ObjectStoreException if the store refuses or does not answer
   */
  List<byte[]> lines(Place place, Receipt part) throws IOException {
    byte[] frame = store.get(place.object(), place.entry().offset(), place.entry().length());
    String crc = new Frame(frame, frame.length).crc32c();
    if (!crc.equals(place.entry().crc32c())) {
      throw new IOException(
          place.object()
              + " is damaged at offset "
              + place.entry().offset()
              + ": crc32c of the frame is "
              + crc
              + ", the manifest says "
              + place.entry().crc32c());
    }
    List<byte[]> lines = FrameLines.of(place.codec(), frame);
    if ((long) part.first() + part.count() > lines.size()) {
      throw new IOException("batch " + part.batch() + " has only " + lines.size() + " lines");
    }
    return lines.subList(part.first(), part.first() + part.count());
  }
}
