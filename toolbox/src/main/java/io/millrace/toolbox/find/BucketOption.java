package io.millrace.toolbox.find;

import io.millrace.config.ServiceAccess;
import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectStore;
import io.millrace.object.S3ObjectStore;
import io.millrace.toolbox.folder.FolderStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which bucket is meant, and what its keys begin with. */
final class BucketOption {
  @Option(names = "--bucket", paramLabel = "NAME", description = "Reads this bucket.")
  private @Nullable String bucket;

  @Option(
      names = "--prefix",
      description = "What keys begin with; empty or ending in /. Environment: KEY_PREFIX.")
  private @Nullable String prefix;

  /**
   * Opens what is meant; closed by the caller.
   *
   * @param folder to be read as a bucket; null if a bucket is meant
   * @param connections calls at once
   */
  ObjectStore open(
      CommandLine command,
      Map<String, String> environment,
      @Nullable Path folder,
      int connections) {
    if (folder != null && bucket == null) {
      if (!Files.isDirectory(folder)) {
        throw new ParameterException(command, "no such folder: " + folder);
      }
      return new FolderStore(folder);
    }
    if (folder == null && bucket != null) {
      return S3ObjectStore.open(ServiceAccess.bySdk(environment), bucket, null, connections);
    }
    throw new ParameterException(command, "name a folder, or a bucket by --bucket");
  }

  /** The keys' form. */
  ObjectKeys keys(CommandLine command, Map<String, String> environment) {
    try {
      return new ObjectKeys(prefix == null ? environment.getOrDefault("KEY_PREFIX", "") : prefix);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command, wrong.getMessage(), wrong);
    }
  }
}
