package io.millrace.toolbox.find;

import io.millrace.config.ConfigurationException;
import io.millrace.model.ObjectKeys;
import io.millrace.model.Receipt;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import io.millrace.toolbox.bucket.BucketLayout;
import io.millrace.toolbox.bucket.BucketOption;
import io.millrace.toolbox.bucket.Parallel;
import io.millrace.toolbox.bucket.Reads;
import io.millrace.toolbox.hours.HourRange;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code find}: the lines of a receipt, and where they lie. */
@Command(
    name = "find",
    description = "Prints the lines of a receipt, and on standard error where they lie.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "The manifests are looked through hour by hour from the start of the receipt's",
      "writer on; one whose object is not stored as it says doesn't count.",
      "Times are UTC: 2026-11-23, 2026-11-23T05 or 2026-11-23T05:30:00Z. In layout",
      "payload there are no manifests: all keys under the prefix are looked at, so",
      "give as much of the folder by --prefix as you know.",
      "AWS settings are the SDK's: AWS_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL",
      "and its chain of credentials.",
      "Exit codes: 0 all found, 1 not all, or damaged, 2 not all, and it could not",
      "look everywhere; also wrong usage."
    })
public final class FindCommand implements Callable<Integer> {
  private static final int COULD_NOT_LOOK = 2;
  private static final int READERS = 16;
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  @Parameters(
      index = "0",
      paramLabel = "RECEIPT",
      showDefaultValue = Visibility.NEVER,
      description = "<batch>-<first>+<count>, several joined by commas, or a line's id.")
  private String receipt = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Reads this folder as a bucket.")
  private @Nullable Path folder;

  @Mixin private final BucketOption bucket = new BucketOption();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = HourRange.Converter.class,
      description = "First hour; the writer's start if absent.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = HourRange.Converter.class,
      description = "Only hours that begin before this; all if absent.")
  private @Nullable Instant to;

  @Option(
      names = "--layout",
      paramLabel = "NAME",
      description =
          "How payloads lie in the bucket: rolled, or payload (one object each). Environment:"
              + " OBJECT_LAYOUT; else rolled.")
  private @Nullable BucketLayout layout;

  @Option(names = "--json", description = "One JSON document instead of lines.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  private final Map<String, String> environment;

  /**
   * @param environment where BUCKET, KEY_PREFIX, OBJECT_LAYOUT and the endpoint of S3 may be named
   */
  public FindCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    List<Receipt> wanted = wanted(command);
    ObjectKeys keys = bucket.keys(command, environment);
    BucketLayout chosen = layout(command);
    Found found;
    try (ObjectStore store = bucket.open(command, environment, folder, READERS)) {
      Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, new Random());
      Reads reads = new Reads(store, backoff, Ticker.system());
      found =
          chosen == BucketLayout.PAYLOAD
              ? new PayloadLayout(reads, keys.prefix()).find(wanted)
              : new RolledLayout(reads, keys, new Parallel(READERS))
                  .find(wanted, new HourRange(from, to));
    } catch (ObjectStoreException | ConfigurationException failed) {
      command.getErr().println("could not look: " + failed.getMessage());
      return COULD_NOT_LOOK;
    }
    OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    return new FoundOutput(out, command.getErr()).write(found, json);
  }

  private BucketLayout layout(CommandLine command) {
    BucketLayout chosen;
    try {
      chosen = BucketLayout.of(layout, environment);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command, wrong.getMessage(), wrong);
    }
    if (chosen == BucketLayout.PAYLOAD && (from != null || to != null)) {
      throw new ParameterException(command, "--from and --to go with --layout rolled");
    }
    return chosen;
  }

  private List<Receipt> wanted(CommandLine command) {
    try {
      return SearchTerms.parse(receipt);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command, wrong.getMessage(), wrong);
    }
  }
}
