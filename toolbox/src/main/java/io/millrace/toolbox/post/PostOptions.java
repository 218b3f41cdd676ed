package io.millrace.toolbox.post;

import io.millrace.config.Rate;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code post} is told; filled by picocli before the run and not changed afterwards. */
final class PostOptions {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      showDefaultValue = Visibility.NEVER,
      description = "NDJSON files, plain or with gzip or zstd inside; - is standard input.")
  List<String> files = new ArrayList<>();

  @Option(names = "--url", description = "Where to POST to.")
  URI url = URI.create("http://127.0.0.1:8080/v1/collections");

  @Option(
      names = "--collection-size",
      paramLabel = "N",
      description = "Payloads of a collection, at least 1; the last of a file may have fewer.")
  int collectionSize = 4;

  @Option(
      names = "--rate",
      paramLabel = "R",
      showDefaultValue = Visibility.NEVER,
      description =
          "Requests, open loop: 600/s, 600 (a second), 16.7k/s, 1M/min; 0, as without it, is as"
              + " fast as the connections allow.")
  Rate rate = Rate.ZERO;

  @Option(names = "--connections", paramLabel = "N", description = "Connections at once, 1..10000.")
  int connections = 64;

  @Option(names = "--repeat", paramLabel = "N", description = "Send all files N times.")
  int repeat = 1;

  @Option(names = "--token", description = "The collections' token.")
  String token = "post";

  @Option(names = "--version-name", paramLabel = "V", description = "The collections' version.")
  String version = "1";

  @Option(names = "--gzip", description = "Send bodies with Content-Encoding: gzip.")
  boolean gzip;

  @Option(
      names = "--keys",
      description =
          "Send an Idempotency-Key with each collection, the same one on its every try. Without it"
              + " readers can't tell the copies of a collection whose first answer was lost.")
  boolean keys;

  @Option(
      names = "--receipts",
      paramLabel = "FILE",
      description =
          "Keep each receipt with the SHA-256 of its payloads (as stored: line breaks between"
              + " tokens are spaces there, unpaired surrogate escapes are \\ufffd).")
  @Nullable Path receipts;

  @Option(names = "--append", description = "Add to the receipts of a file that is there.")
  boolean append;

  @Option(
      names = "--retry-for",
      paramLabel = "TIME",
      defaultValue = "60s",
      description =
          "How long after its first try a collection is tried again (500ms, 30s, 2m, 1h): on 429,"
              + " 5xx, and when no answer came. The last answer may take --timeout more. 0s is one"
              + " try.")
  Duration retryFor = Duration.ofSeconds(60);

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "How long to wait for a connection or an answer.")
  Duration timeout = Duration.ofSeconds(30);

  /** What is wrong with the options, each with the value given; empty if nothing is. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    require(faults, http && url.getHost() != null, "--url must be http or https with a host", url);
    require(faults, collectionSize >= 1, "--collection-size must be at least 1", collectionSize);
    require(faults, rate.perSecond() <= 1e9, "--rate must be 0 to 1e9/s", rate.perSecond());
    require(
        faults,
        connections >= 1 && connections <= 10_000,
        "--connections must be 1 to 10000",
        connections);
    require(faults, repeat >= 1, "--repeat must be at least 1", repeat);
    require(faults, !timeout.isZero(), "--timeout must be more than 0", timeout);
    require(faults, !append || receipts != null, "--append needs --receipts", append);
    long stdins = files.stream().filter(InputFiles.STDIN::equals).count();
    require(faults, stdins == 0 || repeat == 1, "--repeat can't read standard input again", repeat);
    require(faults, stdins <= 1, "standard input can be read once", stdins);
    for (String file : files) {
      boolean readable = file.equals(InputFiles.STDIN) || isReadableFile(Path.of(file));
      require(faults, readable, "no file that can be read", file);
    }
    return faults;
  }

  private static boolean isReadableFile(Path file) {
    return Files.isReadable(file) && !Files.isDirectory(file);
  }

  private static void require(List<String> faults, boolean holds, String rule, Object given) {
    if (!holds) {
      faults.add(rule + ": " + given);
    }
  }
}
