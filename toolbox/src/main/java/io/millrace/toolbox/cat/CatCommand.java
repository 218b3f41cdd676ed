package io.millrace.toolbox.cat;

import io.millrace.config.ServiceAccess;
import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.S3ObjectStore;
import io.millrace.toolbox.hours.HourRange;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      "Times are UTC: 2026-11-23, 2026-11-23T05 or 2026-11-23T05:30:00Z. Whole hours are printed,",
      "by the hour in the key: from the hour that holds --from up to the last that begins before",
      "--to. AWS settings are the SDK's: AWS_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL and its",
      "chain of credentials.",
      "Exit codes: 0 all printed or nobody reads on, 1 an object could not be read, 2 wrong usage."
    })
public final class CatCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Reads this folder as a bucket.")
  private @Nullable Path folder;

  @Option(names = "--bucket", paramLabel = "NAME", description = "Reads this bucket.")
  private @Nullable String bucket;

  @Option(
      names = "--prefix",
      description = "What keys begin with; empty or ending in /. Environment: KEY_PREFIX.")
  private @Nullable String prefix;

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
   * @param environment where KEY_PREFIX and the endpoint of S3 may be named
   */
  public CatCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    CommandSpec command = Objects.requireNonNull(spec);
    ObjectKeys keys = keys(command);
    HourRange hours = new HourRange(from, to);
    try (ObjectSource source = source(command, keys)) {
      CatRun run = new CatRun(keys, source, command.commandLine().getErr());
      return run.print(hours, new FileOutputStream(FileDescriptor.out));
    } catch (ObjectStoreException refused) {
      throw new IOException(refused.getMessage(), refused);
    }
  }

  private ObjectSource source(CommandSpec command, ObjectKeys keys) {
    if (folder != null && bucket == null) {
      if (!Files.isDirectory(folder)) {
        throw new ParameterException(command.commandLine(), "no such folder: " + folder);
      }
      return new FolderObjects(folder, keys);
    }
    if (folder == null && bucket != null) {
      ServiceAccess access = ServiceAccess.bySdk(environment);
      return new BucketObjects(S3ObjectStore.open(access, bucket, null, 1), keys);
    }
    throw new ParameterException(command.commandLine(), "name a folder, or a bucket by --bucket");
  }

  private ObjectKeys keys(CommandSpec command) {
    try {
      return new ObjectKeys(prefix == null ? environment.getOrDefault("KEY_PREFIX", "") : prefix);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
    }
  }
}
