package io.millrace.toolbox.plan;

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

  @Option(names = "--linger-ms", paramLabel = "N", description = "LINGER_MS.")
  int lingerMs = 50;

  @Option(names = "--max-body-bytes", paramLabel = "N", description = "MAX_BODY_BYTES.")
  int maxBodyBytes = 1 << 20;

  @Option(names = "--max-message-bytes", paramLabel = "N", description = "MAX_MESSAGE_BYTES.")
  int maxMessageBytes = AwsLimits.SQS_MESSAGE_BYTES;

  @Option(names = "--send-threads", paramLabel = "N", description = "SEND_THREADS.")
  int sendThreads = 16;

  @Option(names = "--send-ms", paramLabel = "N", description = "Until SQS answers a send.")
  double sendMs = 30;

  void check(Faults faults) {
    faults.require(cores >= 1, "--web-cores must be at least 1", cores);
    faults.require(instances >= 0, "--web-instances must be at least 0", instances);
    faults.require(heapMib >= 1, "--web-heap-mib must be at least 1", heapMib);
    faults.require(lingerMs >= 0 && lingerMs <= 60_000, "--linger-ms must be 0 to 60000", lingerMs);
    faults.require(
        maxBodyBytes >= 1024 && maxBodyBytes <= 64 << 20,
        "--max-body-bytes must be 1024 to 67108864",
        maxBodyBytes);
    faults.require(
        maxMessageBytes >= 16_384 && maxMessageBytes <= AwsLimits.SQS_MESSAGE_BYTES,
        "--max-message-bytes must be 16384 to 1048576",
        maxMessageBytes);
    faults.require(
        sendThreads >= 1 && sendThreads <= 256, "--send-threads must be 1 to 256", sendThreads);
    faults.require(sendMs > 0, "--send-ms must be more than 0", sendMs);
  }

  Inputs.Web inputs(double utilisation, double networkBytes) {
    return new Inputs.Web(
        new Instances(cores, utilisation, instances, networkBytes),
        new WebSetup(
            lingerMs / 1000.0,
            maxBodyBytes,
            maxMessageBytes,
            sendThreads,
            sendMs / 1000,
            (double) heapMib * (1 << 20)));
  }
}
