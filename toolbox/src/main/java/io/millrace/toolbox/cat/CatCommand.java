package io.millrace.toolbox.cat;

import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectStore;
import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import io.millrace.toolbox.bucket.BucketOption;
import io.millrace.toolbox.bucket.Reads;
import io.millrace.toolbox.hours.HourRange;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cat}: prints the lines of the objects in a bucket or folder. */
@Command(
    name = "cat",
    description =
        "Prints the lines of the objects in a bucket or folder, in the order of the keys.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Times are UTC: 2026-11-23, 2026-11-23T05 or 2026-11-23T05:30:00Z. Whole hours",
      "are printed, by the hour in the key: from the hour that holds --from up to the",
      "last that begins before --to.",
      "AWS settings are the SDK's: AWS_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL",
      "and its chain of credentials.",
      "Exit codes: 0 all printed or nobody reads on, 1 there was no object, or one",
      "could not be read, 2 wrong usage."
    })
public final class CatCommand implements Callable<Integer> {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Reads this folder as a bucket.")
  private @Nullable Path folder;

  @Mixin private final BucketOption bucket = new BucketOption();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = HourRange.Converter.class,
      description = "First hour; all if absent.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = HourRange.Converter.class,
      description = "Only hours that begin before this; all if absent.")
  private @Nullable Instant to;

  @Spec private @Nullable CommandSpec spec;

  private final Map<String, String> environment;

  /**
   * @param environment where BUCKET, KEY_PREFIX and the endpoint of S3 may be named
   */
  public CatCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    ObjectKeys keys = bucket.keys(command, environment);
    try (ObjectStore store = bucket.open(command, environment, folder, 1)) {
      Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, new Random());
      CatRun run = new CatRun(keys, new Reads(store, backoff, Ticker.system()), command.getErr());
      return run.print(new HourRange(from, to), new FileOutputStream(FileDescriptor.out));
    }
  }
}
