package io.millrace.toolbox.find;

import io.millrace.codec.Frame;
import io.millrace.model.Manifest;
import io.millrace.model.ObjectKeys;
import io.millrace.model.Receipt;
import io.millrace.model.WriterId;
import io.millrace.toolbox.bucket.Parallel;
import io.millrace.toolbox.bucket.Reads;
import io.millrace.toolbox.compressed.FrameLines;
import io.millrace.toolbox.hours.HourRange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Layout {@code rolled}: a manifest tells the object and the frame, one ranged GET reads it.
 *
 * @param keys their form
 * @param parallel reads the manifests
 */
record RolledLayout(Reads reads, ObjectKeys keys, Parallel parallel) {
  /** A writer's clock may be set back while it runs. */
  private static final Duration BEFORE_START = Duration.ofHours(1);

  /**
   * Finds the parts of a receipt.
   *
   * @param range without a lower end it begins at the writer's start
   * @throws IOException if a frame is damaged, or has fewer lines than the receipt names
   * @throws io.millrace.object.ObjectStoreException if the store refuses or does not answer
   */
  Found find(List<Receipt> wanted, HourRange range) throws IOException, InterruptedException {
    HourRange hours = range.from() == null ? new HourRange(earliest(wanted), range.to()) : range;
    Set<String> batches =
        wanted.stream().map(part -> part.batch().toString()).collect(Collectors.toSet());
    Search search = new Search(reads, keys, batches);
    Map<String, StoredBatch> places = search.run(hours, parallel);
    List<FoundPart> parts = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Receipt part : wanted) {
      StoredBatch place = places.get(part.batch().toString());
      if (place == null) {
        missing.add(part.toString());
      } else {
        parts.add(read(place, part));
      }
    }
    return new Found(parts, missing, looked(search, hours), search.passedOver());
  }

  private static Instant earliest(List<Receipt> wanted) {
    return wanted.stream()
        .map(part -> Instant.ofEpochMilli(WriterId.epochMs(part.batch().writer())))
        .min(Instant::compareTo)
        .orElseThrow()
        .minus(BEFORE_START);
  }

  private FoundPart read(StoredBatch place, Receipt part) throws IOException, InterruptedException {
    Manifest.Entry entry = place.entry();
    byte[] frame = reads.part(place.object(), entry.offset(), entry.length());
    String crc = new Frame(frame, frame.length).crc32c();
    if (!crc.equals(entry.crc32c())) {
      String where = place.object() + " is damaged at offset " + entry.offset();
      throw new IOException(
          where + ": crc32c of the frame is " + crc + ", the manifest says " + entry.crc32c());
    }
    List<byte[]> lines = FrameLines.of(place.codec(), frame);
    if ((long) part.first() + part.count() > lines.size()) {
      throw new IOException("batch " + part.batch() + " has only " + lines.size() + " lines");
    }
    return new FoundPart(
        part.toString(),
        place.object(),
        entry.offset(),
        entry.length(),
        lines.subList(part.first(), part.first() + part.count()));
  }

  private static List<String> looked(Search search, HourRange hours) {
    List<String> looked = new ArrayList<>();
    looked.add(
        "looked through "
            + search.manifests()
            + " manifests from "
            + hours.firstPath()
            + (hours.to() == null ? " on" : " to before " + hours.to()));
    search.announced().forEach(key -> looked.add("announced, but not stored: " + key));
    return looked;
  }
}
