package io.millrace.toolbox.audit;

import io.millrace.model.WriterId;
import io.millrace.toolbox.bucket.BucketLayout;
import io.millrace.toolbox.hours.HourRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** What {@code audit} is told; filled by picocli before the run and not changed afterwards. */
final class AuditOptions {
  @Option(names = "--bucket", paramLabel = "NAME", description = "The bucket. Environment: BUCKET.")
  @Nullable String bucket;

  @Option(
      names = "--prefix",
      description = "What keys begin with; empty or ending in /. Environment: KEY_PREFIX.")
  @Nullable String prefix;

  @Option(
      names = "--queue-name",
      paramLabel = "NAME",
      description =
          "The queue; its dead letters are in NAME-dlq. Environment: QUEUE_NAME; else millrace.")
  @Nullable String queueName;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = HourRange.Converter.class,
      description = "First hour; all if absent.")
  @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = HourRange.Converter.class,
      description = "Only hours that begin before this; all if absent.")
  @Nullable Instant to;

  @Option(names = "--writer", paramLabel = "W", description = "Only this writer's batches.")
  @Nullable String writer;

  @Option(
      names = "--receipts",
      paramLabel = "FILE",
      arity = "1..*",
      showDefaultValue = Visibility.NEVER,
      description = "Prove what is named in the files that post --receipts kept, by payloads.")
  List<Path> receipts = new ArrayList<>();

  @Option(
      names = "--layout",
      description =
          "How payloads lie in the bucket: rolled, or payload (one object each). Environment:"
              + " OBJECT_LAYOUT; else rolled.")
  @Nullable BucketLayout layout;

  @Option(
      names = "--deep",
      description = "Read every object whole: each frame's crc32c, each line, the counts.")
  boolean deep;

  @Option(
      names = "--watermark",
      description = "Tell up to when everything is stored, so that an hour's job may start.")
  boolean watermark;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "Watermark: a writer that is silent for longer than others is taken as ended.")
  Duration grace = Duration.ofMinutes(10);

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  @Option(names = "--threads", paramLabel = "N", description = "Reads at once, 1..256.")
  int threads = 32;

  /**
   * What is wrong with the options, each with the value given; empty if nothing is.
   *
   * @param chosen the layout, by option or environment
   */
  List<String> faults(BucketLayout chosen) {
    List<String> faults = new ArrayList<>();
    require(faults, threads >= 1 && threads <= 256, "--threads must be 1 to 256", threads);
    require(faults, !grace.isZero(), "--grace must be more than 0", grace);
    boolean inOrder = from == null || to == null || from.isBefore(to);
    require(faults, inOrder, "--from must be before --to", from + ", " + to);
    boolean someWriter = writer == null || WriterId.isValid(writer);
    require(faults, someWriter, "--writer must be a writer's id, 26 characters", writer);
    boolean rolled = chosen == BucketLayout.ROLLED;
    require(faults, rolled || !deep, "--deep needs --layout rolled", chosen);
    require(faults, rolled || !watermark, "--watermark needs --layout rolled", chosen);
    boolean newest = to == null && writer == null;
    require(
        faults,
        newest || !watermark,
        "--watermark is about the newest of all writers: no --to, no --writer",
        to + ", " + writer);
    for (Path file : receipts) {
      boolean readable = Files.isReadable(file) && !Files.isDirectory(file);
      require(faults, readable, "no file that can be read", file);
    }
    return faults;
  }

  private static void require(
      List<String> faults, boolean holds, String rule, @Nullable Object given) {
    if (!holds) {
      faults.add(rule + ": " + given);
    }
  }
}
