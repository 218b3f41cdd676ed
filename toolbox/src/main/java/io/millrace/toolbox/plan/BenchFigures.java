package io.millrace.toolbox.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run of {@code millrace bench} tells: the work of a request.
 *
 * @param source where it is from
 * @param webMicros CPU of the web tier a request, µs
 * @param workerMicros CPU of the worker a request, µs
 * @param compression bytes of lines for each byte of frame
 * @param collectionBytes the body that these hold for
 */
record BenchFigures(
    String source,
    double webMicros,
    double workerMicros,
    double compression,
    double collectionBytes) {

  private static final double LEAST_MICROS = 0.01;

  /** The runs in docs/benchmarks.md: 4 payloads full of random hashes, 512 connections. */
  private static final BenchFigures DOCUMENTED =
      new BenchFigures("docs/benchmarks.md, 2 cores of a shared machine", 62, 6.2, 2.3, 1100);

  /**
   * @param file a saved result; null for the documented figures
   * @throws IllegalArgumentException if a figure is missing or can't be
   */
  static BenchFigures read(@Nullable Path file) throws IOException {
    if (file == null) {
      return DOCUMENTED;
    }
    JsonNumbers numbers = JsonNumbers.parse(file.toString(), Files.readAllBytes(file));
    return new BenchFigures(
        file.toString(),
        numbers.number("/cpuMicrosPerRequest/web", LEAST_MICROS),
        numbers.number("/cpuMicrosPerRequest/worker", LEAST_MICROS),
        numbers.number("/compressionRatio", 1),
        numbers.number("/collectionBytes", 1));
  }
}
