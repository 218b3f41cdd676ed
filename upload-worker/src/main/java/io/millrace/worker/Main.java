package io.millrace.worker;

import io.millrace.config.ServiceAccess;
import io.millrace.run.StartedTier;
import io.millrace.run.TierCommand;

/** The process of a worker. */
final class Main {
  private Main() {}

  public static void main(String... args) {
    System.exit(
        TierCommand.run(
            "millrace worker",
            "Takes batches from SQS and writes them as objects to S3.",
            WorkerSettings.ALL,
            System.getenv(),
            (given, fault) -> {
              WorkerTier tier =
                  WorkerTier.start(
                      WorkerSettings.read(given, Runtime.getRuntime().maxMemory()),
                      ServiceAccess.bySdk(given),
                      ServiceAccess.bySdk(given),
                      fault);
              return StartedTier.worker(tier, tier.adminPort());
            },
            args));
  }
}
