package io.millrace.toolbox.audit.judge;

import io.millrace.model.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Up to when everything is stored: each batch opened before that time is in the bucket, abandoned
 * or a dead letter. Pure and immutable.
 *
 * <p>If the queue counted 0 at both looks, what had been acknowledged before the first one is
 * stored or missing, so the time is that of the first look minus {@link #MAX_SENDING}, for which a
 * batch may be open and in its sends. Otherwise each writer holds the time back to its last batch
 * before the first absent number, or to its last known one, behind which more may be on the queue;
 * but not a writer that has told by a checkpoint that it had no more, nor one that has been silent
 * for the grace while others were stored, which is taken as ended. And it is never later than the
 * newest batch stored, nor than now minus the grace. A missing batch holds it back in any case.
 *
 * <p>What it can't know while the queue isn't empty: a writer none of whose batches is stored yet;
 * later batches on the queue of a writer that was silent for the grace, or, however short it was
 * silent, whose last stored batch is a checkpoint; and open numbers of a writer that is taken as
 * ended. What it never knows: whether a writer's clock went backwards, or a web host's is ahead of
 * this machine's by more than a minute. Dead letters don't hold it back.
 *
 * @param upTo null if nothing can be said
 * @param heldBy why it isn't later
 * @param takenAsEnded writers that don't hold it back because they were silent
 */
public record Watermark(@Nullable Instant upTo, String heldBy, List<String> takenAsEnded) {
  /** The largest ACK_TIMEOUT_MS, which begins when a batch is opened. */
  static final Duration MAX_SENDING = Duration.ofSeconds(60);

  /**
   * Computes it.
   *
   * @param writers all that are known
   * @param empty whether the queue counted 0 at both looks
   * @param looked when the first look began
   * @param grace how long a writer is waited for
   */
  public static Watermark of(
      List<WriterReport> writers, boolean empty, Instant looked, Duration grace) {
    if (empty) {
      return overEmptyQueue(writers, looked);
    }
    if (writers.isEmpty()) {
      return new Watermark(null, "nothing is stored, and the queue isn't empty", List.of());
    }
    long newest = writers.stream().mapToLong(writer -> writer.frontier().newest()).max().orElse(0);
    Bound bound = new Bound(looked.minus(grace).toEpochMilli(), "now minus the grace");
    bound.lower(newest, "the newest batch stored");
    List<String> ended = new ArrayList<>();
    for (WriterReport writer : writers) {
      WriterFrontier frontier = writer.frontier();
      bound.lower(frontier.beforeOwed(), "writer " + writer.writer() + ", absent batches");
      if (frontier.newest() < newest - grace.toMillis()) {
        if (!frontier.quiet()) {
          ended.add(writer.writer());
        }
      } else {
        bound.lower(frontier.beforeOpen(), "writer " + writer.writer() + ", open batches");
        if (!frontier.quiet()) {
          bound.lower(frontier.newest(), "writer " + writer.writer() + ", its last known batch");
        }
      }
    }
    return new Watermark(Instant.ofEpochMilli(bound.time), bound.heldBy, ended);
  }

  private static Watermark overEmptyQueue(List<WriterReport> writers, Instant looked) {
    Bound bound = new Bound(looked.minus(MAX_SENDING).toEpochMilli(), "the look at the queue");
    for (WriterReport writer : writers) {
      bound.lower(writer.frontier().beforeOwed(), "writer " + writer.writer() + ", absent batches");
    }
    return new Watermark(Instant.ofEpochMilli(bound.time), bound.heldBy, List.of());
  }

  /** The last hour that is complete; null if nothing can be said. */
  public @Nullable Hour lastHour() {
    return upTo == null ? null : new Hour(upTo.minus(Duration.ofHours(1)));
  }

  private static final class Bound {
    private long time;
    private String heldBy;

    Bound(long time, String heldBy) {
      this.time = time;
      this.heldBy = heldBy;
    }

    void lower(long other, String holder) {
      if (other < time) {
        time = other;
        heldBy = holder;
      }
    }
  }
}
