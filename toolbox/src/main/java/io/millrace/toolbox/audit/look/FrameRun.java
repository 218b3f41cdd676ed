package io.millrace.toolbox.audit.look;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Frames of one object that one ranged GET brings: near ones are read together, with what lies
 * between them, because a request costs more than these bytes; so an object of which most is wanted
 * is read in a few large pieces.
 *
 * @param offset of the first frame
 * @param length to the last frame's end, in bytes
 * @param frames by their offsets
 */
record FrameRun(long offset, int length, List<WantedBatch> frames) {
  /** What S3 sends in a few milliseconds, less than a request takes. */
  private static final int MAX_GAP_BYTES = 256 * 1024;

  /** Bounds what a thread holds. */
  private static final int MAX_RUN_BYTES = 8 * 1024 * 1024;

  /** The fewest runs for these frames of one object, none of which is foreign. */
  static List<FrameRun> over(List<WantedBatch> wanted) {
    List<WantedBatch> frames = new ArrayList<>(wanted);
    frames.sort(Comparator.comparingLong(frame -> frame.place().offset()));
    List<FrameRun> runs = new ArrayList<>();
    int from = 0;
    for (int at = 1; at <= frames.size(); at++) {
      if (at == frames.size() || !fits(frames.get(from), frames.get(at - 1), frames.get(at))) {
        runs.add(of(frames.subList(from, at)));
        from = at;
      }
    }
    return runs;
  }

  private static boolean fits(WantedBatch first, WantedBatch last, WantedBatch next) {
    return next.place().offset() - last.end() <= MAX_GAP_BYTES
        && next.end() - first.place().offset() <= MAX_RUN_BYTES;
  }

  private static FrameRun of(List<WantedBatch> frames) {
    long offset = frames.get(0).place().offset();
    long end = frames.get(frames.size() - 1).end();
    return new FrameRun(offset, Math.toIntExact(end - offset), List.copyOf(frames));
  }
}
