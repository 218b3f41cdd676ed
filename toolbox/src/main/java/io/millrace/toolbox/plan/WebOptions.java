package io.millrace.toolbox.plan;

import io.millrace.config.Capacity;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The web tier as the command line has it; filled by picocli. */
final class WebOptions {
  @Option(names = "--web-cores", paramLabel = "N", description = "Cores of a web instance.")
  int cores = 2;

  @Option(
      names = "--web-instances",
      paramLabel = "N",
      description = "So many web instances; 0 for as many as needed.")
  int instances;

  @Option(names = "--web-heap-mib", paramLabel = "N", description = "Heap of a web instance.")
  int heapMib = 1024;

  @Option(names = "--send-ms", paramLabel = "N", description = "Until SQS answers a send.")
  double sendMs = 30;

  void check(Faults faults) {
    faults.require(cores >= 1, "--web-cores must be at least 1", cores);
    faults.require(instances >= 0, "--web-instances must be at least 0", instances);
    faults.require(heapMib >= 1, "--web-heap-mib must be at least 1", heapMib);
    faults.require(sendMs > 0, "--send-ms must be more than 0", sendMs);
  }

  Inputs.Web inputs(CommandSpec command, double utilisation, double networkBytes) {
    return new Inputs.Web(
        new Instances(cores, utilisation, instances, networkBytes),
        new WebSetup(
            seconds(TierOptions.value(command, Capacity.LINGER_MS)),
            TierOptions.value(command, Capacity.MAX_BODY_BYTES),
            TierOptions.value(command, Capacity.MAX_MESSAGE_BYTES),
            TierOptions.value(command, Capacity.SEND_THREADS),
            sendMs / 1000,
            (double) heapMib * (1 << 20)));
  }

  /** As plans reckon. */
  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
