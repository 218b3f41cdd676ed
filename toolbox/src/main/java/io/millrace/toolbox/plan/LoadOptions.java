package io.millrace.toolbox.plan;

import io.millrace.config.Rate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What comes, what it costs in CPU and money; filled by picocli. */
final class LoadOptions {
  @Option(
      names = "--rate",
      required = true,
      paramLabel = "RATE",
      description = "Requests of all clients: 1000/s, 1000 (a second), 16.7k/s, 1M/min, 20M/day.")
  @Nullable Rate rate;

  @Option(names = "--collection-bytes", paramLabel = "N", description = "Bytes of a body.")
  int collectionBytes = 1100;

  @Option(names = "--payloads", paramLabel = "N", description = "Payloads of a collection.")
  int payloads = 4;

  @Option(
      names = "--compression",
      paramLabel = "N",
      description = "Bytes of lines for each byte of frame; the bench result's if absent.")
  @Nullable Double compression;

  @Option(
      names = "--bench",
      paramLabel = "FILE",
      description = "JSON result of bench; without it the figures of docs/benchmarks.md.")
  @Nullable Path bench;

  @Option(
      names = "--bench-run",
      paramLabel = "NAME",
      description = "Which run of it; the first of the whole pipeline if absent.")
  @Nullable String benchRun;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "JSON of prices, as the shipped prices.json; us-east-1 if absent.")
  @Nullable Path prices;

  @Option(
      names = "--utilisation",
      paramLabel = "PERCENT",
      description = "Of the cores, at most, so that a peak or a lost instance is borne.")
  double utilisation = 60;

  @Option(
      names = "--network-mbit",
      paramLabel = "N",
      description = "What an instance carries each way; not looked at if 0.")
  double networkMbit;

  @Option(
      names = "--keep-days",
      paramLabel = "N",
      description = "How long objects are kept; 0 leaves storage out of the bill.")
  double keepDays = 30;

  @Option(
      names = "--instance-hour-usd",
      paramLabel = "N",
      description = "Price of an instance, 0 for none; Fargate's by its cores if absent.")
  @Nullable Double instanceHourUsd;

  @Option(
      names = "--sqs-path",
      paramLabel = "PATH",
      description = "From the tiers to SQS, which costs by GB: ${COMPLETION-CANDIDATES}.")
  SqsPath sqsPath = SqsPath.ENDPOINT;

  @Option(names = "--zones", paramLabel = "N", description = "Zones that the tiers are in.")
  int zones = 2;

  void check(Faults faults) {
    faults.require(rate != null && rate.perSecond() > 0, "--rate must be more than 0", "0");
    faults.require(
        collectionBytes >= 1 && collectionBytes <= 64 << 20,
        "--collection-bytes must be 1 to 67108864",
        collectionBytes);
    faults.require(
        payloads >= 1 && payloads <= 1_000_000, "--payloads must be 1 to 1000000", payloads);
    faults.require(
        payloads <= collectionBytes, "--payloads must be less than --collection-bytes", payloads);
    if (compression != null) {
      faults.require(compression >= 1, "--compression must be at least 1", compression);
    }
    faults.require(
        utilisation > 0 && utilisation <= 100,
        "--utilisation must be more than 0, up to 100",
        utilisation);
    faults.require(networkMbit >= 0, "--network-mbit must be at least 0", networkMbit);
    faults.require(keepDays >= 0, "--keep-days must be at least 0", keepDays);
    if (instanceHourUsd != null) {
      faults.require(
          instanceHourUsd >= 0, "--instance-hour-usd must be at least 0", instanceHourUsd);
    }
    faults.require(zones >= 1 && zones <= 6, "--zones must be 1 to 6", zones);
    readable(faults, bench);
    readable(faults, prices);
  }

  double networkBytes() {
    return networkMbit * 1e6 / 8;
  }

  private static void readable(Faults faults, @Nullable Path file) {
    if (file != null) {
      faults.require(
          Files.isReadable(file) && !Files.isDirectory(file), "no file that can be read", file);
    }
  }
}
