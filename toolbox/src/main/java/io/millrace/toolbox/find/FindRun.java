package io.millrace.toolbox.find;

import io.millrace.model.Receipt;
import io.millrace.model.WriterId;
import io.millrace.toolbox.hours.HourRange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One run of {@code find}. Used once, by one thread. */
final class FindRun {
  /** A writer's clock may be set back while it runs. */
  private static final Duration BEFORE_START = Duration.ofHours(1);

  private final List<Receipt> wanted;
  private final Search search;
  private final FrameReader frames;
  private final PrintWriter err;

  /**
   * Looks at nothing yet.
   *
   * @param wanted the parts, at least one
   */
  FindRun(List<Receipt> wanted, Search search, FrameReader frames, PrintWriter err) {
    this.wanted = List.copyOf(wanted);
    this.search = search;
    this.frames = frames;
    this.err = err;
  }

  /** The ids of the batches that hold the parts. */
  static Set<String> batches(List<Receipt> wanted) {
    return wanted.stream().map(part -> part.batch().toString()).collect(Collectors.toSet());
  }

  /**
   * Finds and writes.
   *
   * @param range null ends are chosen here: no writer has batches of the time before its start
   * @param json one document instead of lines
   * @return the exit code: 0 all found, 1 not all
   * @throws IOException if a frame is damaged or {@code out} can't be written
   */
  int run(HourRange range, boolean json, OutputStream out)
      throws IOException, InterruptedException {
    HourRange hours = range.from() == null ? new HourRange(earliest(), range.to()) : range;
    Map<String, Place> places = search.run(hours);
    List<FoundPart> found = new ArrayList<>();
    List<Receipt> missing = new ArrayList<>();
    for (Receipt part : wanted) {
      Place place = places.get(part.batch().toString());
      if (place == null) {
        missing.add(part);
      } else {
        found.add(new FoundPart(part, place, frames.lines(place, part)));
      }
    }
    if (json) {
      FoundOutput.json(found, missing, out);
    } else {
      FoundOutput.lines(found, out, err);
    }
    missing.forEach(part -> tellMissing(part, hours));
    return missing.isEmpty() ? 0 : 1;
  }

  private Instant earliest() {
    return wanted.stream()
        .map(part -> Instant.ofEpochMilli(WriterId.epochMs(part.batch().writer())))
        .min(Instant::compareTo)
        .orElseThrow()
        .minus(BEFORE_START);
  }

  private void tellMissing(Receipt part, HourRange hours) {
    err.println(
        "batch "
            + part.batch()
            + " is in no stored object: "
            + search.manifests()
            + " manifests read, from "
            + hours.firstPath()
            + (hours.to() == null ? " on" : " to before " + hours.to()));
    for (String key : search.announced()) {
      err.println("announced, but not stored: " + key);
    }
    err.println("it may be on the queue still, or a dead letter (millrace redrive list);");
    err.println(
        "what became of this writer's batches is told by millrace audit --writer "
            + part.batch().writer());
  }
}
