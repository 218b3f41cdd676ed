package io.millrace.toolbox.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run of {@code millrace bench} tells: the work of a request.
 *
 * @param source where it is from
 * @param webMicros CPU of the web tiers a request, µs
 * @param workerMicros CPU of the workers a request, µs
 * @param compression bytes of lines for each byte of frame
 * @param collectionBytes the body that these hold for
 */
record BenchFigures(
    String source,
    double webMicros,
    double workerMicros,
    double compression,
    double collectionBytes) {

  /** The head of a request as bench sends it. */
  private static final int HEAD_BYTES = 100;

  private static final double LEAST_MICROS = 0.01;
  private static final double LEAST_BYTES = HEAD_BYTES + 1;

  /** Half an hour at 70 %, docs/benchmarks.md: 4 payloads full of random hashes. */
  private static final BenchFigures DOCUMENTED =
      new BenchFigures("docs/benchmarks.md, 2 cores of a shared machine", 30, 2.1, 4.95, 1174);

  /**
   * @param file a saved result; null for the documented figures
   * @param run name of a run in it; null for the first of the whole pipeline
   * @throws IllegalArgumentException if there is no such run, or a figure is missing or can't be
   */
  static BenchFigures read(@Nullable Path file, @Nullable String run) throws IOException {
    if (file == null) {
      return DOCUMENTED;
    }
    JsonNumbers all = JsonNumbers.parse(file.toString(), Files.readAllBytes(file));
    for (JsonNode each : all.root().path("runs")) {
      boolean wanted = run == null ? isPipeline(each) : each.path("name").asText().equals(run);
      if (wanted) {
        return of(new JsonNumbers(file + ", run " + each.path("name").asText(), each));
      }
    }
    throw new IllegalArgumentException(
        file + " has no run " + (run == null ? "of the whole pipeline" : run));
  }

  private static BenchFigures of(JsonNumbers run) {
    double bytes = run.number("/settings/requestBytes", LEAST_BYTES) - HEAD_BYTES;
    return new BenchFigures(
        run.source(), cpu(run, "web"), cpu(run, "worker"), compression(run, bytes), bytes);
  }

  private static boolean isPipeline(JsonNode run) {
    return part(run, "web") >= 0 && part(run, "worker") >= 0;
  }

  private static double cpu(JsonNumbers run, String part) {
    int index = part(run.root(), part);
    return run.number("/parts/" + Math.max(0, index) + "/cpuMicrosPerRequest", LEAST_MICROS);
  }

  private static int part(JsonNode run, String name) {
    JsonNode parts = run.path("parts");
    for (int i = 0; i < parts.size(); i++) {
      if (parts.path(i).path("part").asText().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** By what was written to S3; bodies that came compressed tell nothing of their lines. */
  private static double compression(JsonNumbers run, double bytes) {
    if (!run.has("/services/s3Bytes") || !run.text("/settings/encoding").equals("none")) {
      return DOCUMENTED.compression();
    }
    double requests = run.number("/load/requestsPerSecond", 1) * run.number("/load/seconds", 1);
    double payloads = run.number("/settings/payloads", 1);
    double lines = new Workload(1, (int) bytes, (int) payloads, 1).lineBytes();
    return Math.max(1, lines * requests / run.number("/services/s3Bytes", 1));
  }
}
