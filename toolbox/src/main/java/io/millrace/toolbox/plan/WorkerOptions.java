package io.millrace.toolbox.plan;

import picocli.CommandLine.Option;

/** The workers as the command line has them; filled by picocli. */
final class WorkerOptions {
  @Option(names = "--worker-cores", paramLabel = "N", description = "Cores of a worker.")
  int cores = 2;

  @Option(
      names = "--worker-instances",
      paramLabel = "N",
      description = "So many workers; 0 for as many as needed.")
  int instances;

  @Option(names = "--worker-heap-mib", paramLabel = "N", description = "Heap of a worker.")
  int heapMib = 1024;

  @Option(names = "--pollers", paramLabel = "N", description = "POLLERS.")
  int pollers = 2;

  @Option(names = "--max-workers", paramLabel = "N", description = "MAX_WORKERS.")
  int maxWorkers = 4;

  @Option(names = "--max-queue", paramLabel = "N", description = "MAX_QUEUE.")
  int maxQueue = 4;

  @Option(names = "--roll-max-bytes", paramLabel = "N", description = "ROLL_MAX_BYTES.")
  long rollMaxBytes = 16 << 20;

  @Option(names = "--roll-max-age-ms", paramLabel = "N", description = "ROLL_MAX_AGE_MS.")
  int rollMaxAgeMs = 30_000;

  @Option(
      names = "--visibility-timeout-seconds",
      paramLabel = "N",
      description = "VISIBILITY_TIMEOUT_SECONDS.")
  int visibilitySeconds = 120;

  @Option(names = "--queues", paramLabel = "N", description = "Queues that share the load.")
  int queues = 1;

  @Option(names = "--receive-ms", paramLabel = "N", description = "Until SQS answers a receive.")
  double receiveMs = 30;

  @Option(
      names = "--put-ms",
      paramLabel = "N",
      description = "From a roll's close to its deletes: manifest, claims, data.")
  double putMs = 500;

  @Option(names = "--put-timeout-ms", paramLabel = "N", description = "PUT_TIMEOUT_MS.")
  int putTimeoutMs = 15_000;

  void check(Faults faults) {
    faults.require(cores >= 1, "--worker-cores must be at least 1", cores);
    faults.require(instances >= 0, "--worker-instances must be at least 0", instances);
    faults.require(heapMib >= 1, "--worker-heap-mib must be at least 1", heapMib);
    faults.require(pollers >= 1 && pollers <= 64, "--pollers must be 1 to 64", pollers);
    faults.require(
        maxWorkers >= 1 && maxWorkers <= 256, "--max-workers must be 1 to 256", maxWorkers);
    faults.require(maxQueue >= 1 && maxQueue <= 1024, "--max-queue must be 1 to 1024", maxQueue);
    faults.require(
        rollMaxBytes >= 1 << 20 && rollMaxBytes <= 1 << 30,
        "--roll-max-bytes must be 1048576 to 1073741824",
        rollMaxBytes);
    faults.require(
        rollMaxAgeMs >= 1 && rollMaxAgeMs <= 3_600_000,
        "--roll-max-age-ms must be 1 to 3600000",
        rollMaxAgeMs);
    faults.require(
        visibilitySeconds >= 1 && visibilitySeconds <= 43_200,
        "--visibility-timeout-seconds must be 1 to 43200",
        visibilitySeconds);
    faults.require(queues >= 1, "--queues must be at least 1", queues);
    faults.require(receiveMs > 0, "--receive-ms must be more than 0", receiveMs);
    faults.require(putMs > 0, "--put-ms must be more than 0", putMs);
    faults.require(
        putTimeoutMs >= 100 && putTimeoutMs <= 600_000,
        "--put-timeout-ms must be 100 to 600000",
        putTimeoutMs);
  }

  Inputs.Worker inputs(double utilisation, double networkBytes) {
    return new Inputs.Worker(
        new Instances(cores, utilisation, instances, networkBytes),
        new WorkerSetup(
            pollers,
            receiveMs / 1000,
            visibilitySeconds,
            queues,
            (double) heapMib * (1 << 20),
            new WorkerSetup.RollSetup(
                rollMaxBytes,
                rollMaxAgeMs / 1000.0,
                maxWorkers,
                maxQueue,
                putMs / 1000,
                putTimeoutMs / 1000.0)));
  }
}
