package io.millrace.toolbox.audit.look;

import io.millrace.codec.Frame;
import io.millrace.model.Codec;
import io.millrace.model.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an object to its last byte and compares it with its manifest. Stateless, thread-safe. */
final class DeepCheck {
  private DeepCheck() {}

  /**
   * What is wrong with the object, at most one fault a frame.
   *
   * @param manifest without a fault of its own
   * @param in the object's bytes
   * @throws IOException never for what the object holds
   */
  static List<Damage> damages(Manifest manifest, InputStream in) throws IOException {
    Codec codec = Codec.ofLabel(manifest.codec());
    List<Damage> damages = new ArrayList<>();
    if (!manifest.batches().isEmpty()) {
      byte[] start = in.readNBytes(Math.toIntExact(manifest.batches().get(0).offset()));
      addFault(damages, manifest, "begins", start);
    }
    for (Manifest.Entry entry : manifest.batches()) {
      String fault = fault(entry, codec, in.readNBytes(entry.length()));
      if (fault != null) {
        damages.add(new Damage(manifest.object(), entry.batch(), entry.offset(), fault));
      }
    }
    addFault(damages, manifest, "ends", in.readNBytes(codec.emptyFrame().length + 1));
    return damages;
  }

  /** Before and behind the batches there may be an empty frame, and nothing else. */
  private static void addFault(
      List<Damage> damages, Manifest manifest, String where, byte[] bytes) {
    if (bytes.length > 0 && !Arrays.equals(bytes, Codec.ofLabel(manifest.codec()).emptyFrame())) {
      String what = where + " with bytes that are no empty frame";
      damages.add(Damage.whole(manifest.object(), what));
    }
  }

  private static @Nullable String fault(Manifest.Entry entry, Codec codec, byte[] frame) {
    if (frame.length < entry.length()) {
      return "the object ends after " + frame.length + " of " + entry.length() + " bytes";
    }
    String crcFault = crcFault(frame, entry.crc32c());
    if (crcFault != null) {
      return crcFault;
    }
    LineCheck lines = new LineCheck(entry.batch());
    try {
      ObjectLines.ofFrame(codec, frame, lines::check);
    } catch (IOException unreadable) {
      return String.valueOf(unreadable.getMessage());
    }
    return lines.count() == entry.payloads()
        ? null
        : lines.count() + " lines, the manifest says " + entry.payloads();
  }

  /** What is wrong with a frame's crc32c, given the manifest's; null if nothing is. */
  static @Nullable String crcFault(byte[] frame, String expected) {
    String crc = new Frame(frame, frame.length).crc32c();
    return crc.equals(expected)
        ? null
        : "crc32c of the frame is " + crc + ", the manifest says " + expected;
  }
}
