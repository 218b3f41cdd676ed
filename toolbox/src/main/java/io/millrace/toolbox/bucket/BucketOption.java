package io.millrace.toolbox.bucket;

import io.millrace.config.ServiceAccess;
import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectStore;
import io.millrace.object.PutHeaders;
import io.millrace.object.S3ObjectStore;
import io.millrace.toolbox.folder.FolderStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Which bucket is meant, and what its keys begin with. Filled by picocli, not changed afterwards.
 */
public final class BucketOption {
  @Option(names = "--bucket", paramLabel = "NAME", description = "The bucket. Environment: BUCKET.")
  private @Nullable String bucket;

  @Option(
      names = "--prefix",
      description = "What keys begin with; empty or ending in /. Environment: KEY_PREFIX.")
  private @Nullable String prefix;

  /**
   * Opens what is meant; closed by the caller.
   *
   * @param environment where BUCKET and the endpoint of S3 may be named
   * @param folder to be read as a bucket, whatever the environment names; null if a bucket is meant
   * @param connections calls at once
   * @throws ParameterException if neither is named, or both, or there is no such folder
   */
  public ObjectStore open(
      CommandLine command,
      Map<String, String> environment,
      @Nullable Path folder,
      int connections) {
    String named = environment.getOrDefault("BUCKET", "");
    String name = bucket != null || folder != null || named.isEmpty() ? bucket : named;
    if (folder != null && name == null) {
      if (!Files.isDirectory(folder)) {
        throw new ParameterException(command, "no such folder: " + folder);
      }
      return new FolderStore(folder);
    }
    if (folder == null && name != null) {
      return S3ObjectStore.open(
          ServiceAccess.bySdk(environment), name, PutHeaders.NONE, connections);
    }
    throw new ParameterException(command, "name a folder, or a bucket by --bucket");
  }

  /**
   * The keys' form.
   *
   * @param environment where KEY_PREFIX may be named
   * @throws ParameterException if the prefix is none
   */
  public ObjectKeys keys(CommandLine command, Map<String, String> environment) {
    try {
      return new ObjectKeys(prefix == null ? environment.getOrDefault("KEY_PREFIX", "") : prefix);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command, wrong.getMessage(), wrong);
    }
  }
}
