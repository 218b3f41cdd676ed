package io.millrace.toolbox.plan;

import io.millrace.config.Capacity;
import io.millrace.config.Setting;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
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

  @Option(names = "--queues", paramLabel = "N", description = "Queues that share the load.")
  int queues = 1;

  @Option(names = "--receive-ms", paramLabel = "N", description = "Until SQS answers a receive.")
  double receiveMs = 30;

  @Option(
      names = "--put-ms",
      paramLabel = "N",
      description = "From a roll's close to its deletes: manifest, claims, data.")
  double putMs = 500;

  void check(Faults faults) {
    faults.require(cores >= 1, "--worker-cores must be at least 1", cores);
    faults.require(instances >= 0, "--worker-instances must be at least 0", instances);
    faults.require(heapMib >= 1, "--worker-heap-mib must be at least 1", heapMib);
    faults.require(queues >= 1, "--queues must be at least 1", queues);
    faults.require(receiveMs > 0, "--receive-ms must be more than 0", receiveMs);
    faults.require(putMs > 0, "--put-ms must be more than 0", putMs);
  }

  Inputs.Worker inputs(CommandSpec command, double utilisation, double networkBytes) {
    return new Inputs.Worker(
        new Instances(cores, utilisation, instances, networkBytes),
        new WorkerSetup(
            TierOptions.value(command, Capacity.POLLERS),
            receiveMs / 1000,
            seconds(command, Capacity.VISIBILITY_TIMEOUT_SECONDS),
            queues,
            (double) heapMib * (1 << 20),
            new WorkerSetup.RollSetup(
                TierOptions.value(command, Capacity.ROLL_MAX_BYTES),
                seconds(command, Capacity.ROLL_MAX_AGE_MS),
                TierOptions.value(command, Capacity.MAX_WORKERS),
                TierOptions.value(command, Capacity.MAX_QUEUE),
                putMs / 1000,
                seconds(command, Capacity.PUT_TIMEOUT_MS))));
  }

  private static double seconds(CommandSpec command, Setting<Duration> setting) {
    return WebOptions.seconds(TierOptions.value(command, setting));
  }
}
