package io.millrace.benchmark.scenario;

import io.millrace.benchmark.body.BodySpec;
import io.millrace.benchmark.body.Encoding;
import io.millrace.benchmark.process.PipelineSpec;
import io.millrace.config.Rate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** What every scenario is told; filled by picocli before the run and not changed afterwards. */
final class BenchOptions {
  @Option(
      names = "--connections",
      split = ",",
      paramLabel = "N",
      showDefaultValue = Visibility.NEVER,
      description = "Connections; scenarios that measure several take a list.")
  List<Integer> connections = new ArrayList<>();

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "0",
      description =
          "Requests, open loop: 600/s, 600 (a second), 16.7k/s; 0 is as fast as the connections"
              + " allow.")
  Rate rate = Rate.ZERO;

  @Option(names = "--seconds", paramLabel = "N", description = "Measured time of each run.")
  int seconds = 20;

  @Option(names = "--warm-up", paramLabel = "N", description = "Seconds before it.")
  int warmUp = 20;

  @Option(names = "--web-heap", paramLabel = "SIZE", description = "As 256m; of references too.")
  String webHeap = "1g";

  @Option(names = "--worker-heap", paramLabel = "SIZE", description = "As 256m.")
  String workerHeap = "512m";

  @Option(names = "--linger-ms", paramLabel = "MS", description = "The web tier's LINGER_MS.")
  int lingerMs = 10;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      showDefaultValue = Visibility.NEVER,
      description = "A setting of the tiers, as in their environment.")
  Map<String, String> settings = new HashMap<>();

  @Option(names = "--webs", paramLabel = "N", description = "Web tiers.")
  int webs = 1;

  @Option(names = "--workers", paramLabel = "N", description = "Workers.")
  int workers = 1;

  @Option(names = "--collections", paramLabel = "N", description = "Different collections.")
  int collections = 2000;

  @Option(names = "--collection-bytes", paramLabel = "BYTES", description = "Of one, about.")
  int collectionBytes = 1100;

  @Option(names = "--payloads", paramLabel = "N", description = "Of a collection.")
  int payloads = 4;

  @Option(names = "--encoding", paramLabel = "CODING", description = "none, gzip or zstd.")
  Encoding encoding = Encoding.NONE;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      arity = "1..*",
      showDefaultValue = Visibility.NEVER,
      description = "Events (NDJSON, plain, gzip or zstd) in the place of generated payloads.")
  List<Path> input = new ArrayList<>();

  @Option(names = "--seed", paramLabel = "N", description = "Of the generated collections.")
  long seed = 20_261_123;

  @Option(names = "--load-threads", paramLabel = "N", description = "Of the load generator.")
  int loadThreads = 1;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      showDefaultValue = Visibility.NEVER,
      description = "A price file; without it AWS in us-east-1.")
  @Nullable Path prices;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      showDefaultValue = Visibility.NEVER,
      description = "Where the reports go; benchmarks/target/bench without it.")
  @Nullable Path out;

  /** What is wrong, each with the value given; empty if nothing is. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    connections.forEach(
        n ->
            require(
                faults, n >= loadThreads && n <= 10_000, "--connections must be 1 to 10000", n));
    require(faults, rate.perSecond() <= 1e6, "--rate must be 0 to 1M/s", rate.perSecond());
    require(faults, seconds >= 1 && seconds <= 86_400, "--seconds must be 1 to 86400", seconds);
    require(faults, warmUp >= 0 && warmUp <= 3600, "--warm-up must be 0 to 3600 s", warmUp);
    require(faults, webs >= 1 && webs <= 8, "--webs must be 1 to 8", webs);
    require(faults, workers >= 1 && workers <= 8, "--workers must be 1 to 8", workers);
    require(faults, collections >= 1, "--collections must be at least 1", collections);
    require(
        faults,
        collectionBytes >= 1 && collectionBytes <= 1 << 20,
        "--collection-bytes must be 1 to 1048576",
        collectionBytes);
    require(faults, payloads >= 1, "--payloads must be at least 1", payloads);
    require(
        faults, loadThreads >= 1 && loadThreads <= 8, "--load-threads must be 1 to 8", loadThreads);
    input.forEach(
        file -> require(faults, Files.isReadable(file), "no file that can be read", file));
    return faults;
  }

  /** Where reports go. */
  Path reports(Path checkout) {
    return out == null ? checkout.resolve("benchmarks/target/bench") : out;
  }

  /** One number of connections, for scenarios that measure no list. */
  int oneConnections() {
    return connections.isEmpty() ? Case.CONNECTIONS : connections.get(0);
  }

  /** The given list, or this one. */
  List<Integer> connectionsOr(Integer... usual) {
    return connections.isEmpty() ? List.of(usual) : connections;
  }

  /** A case with all that is said here, on the whole pipeline. */
  Case toCase(String name) {
    return new Case(
        name,
        null,
        Case.TargetKind.PIPELINE,
        oneConnections(),
        rate.perSecond(),
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(seconds),
        bodies(),
        tiers());
  }

  private BodySpec bodies() {
    return new BodySpec(collections, collectionBytes, payloads, encoding, seed);
  }

  private PipelineSpec tiers() {
    Map<String, String> environment = new HashMap<>();
    environment.put("LINGER_MS", Integer.toString(lingerMs));
    environment.put("MAX_MESSAGE_BYTES", Integer.toString(1 << 20));
    environment.put("DRAIN_DELAY_MS", "0");
    environment.put("ROLL_MAX_AGE_MS", "2000");
    environment.putAll(settings);
    return new PipelineSpec(webs, workers, webHeap, workerHeap, environment);
  }

  private static void require(List<String> faults, boolean holds, String rule, Object given) {
    if (!holds) {
      faults.add(rule + ": " + given);
    }
  }
}
