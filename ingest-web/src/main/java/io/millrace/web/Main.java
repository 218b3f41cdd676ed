package io.millrace.web;

import io.millrace.config.ServiceAccess;
import io.millrace.run.StartedTier;
import io.millrace.run.TierCommand;

/** The process of a web tier. */
final class Main {
  private Main() {}

  public static void main(String... args) {
    System.exit(
        TierCommand.run(
            "millrace web",
            "Takes collections over HTTP and packs them into SQS messages.",
            WebSettings.ALL,
            System.getenv(),
            (given, fault) -> {
              WebTier tier =
                  WebTier.start(
                      WebSettings.read(given, Runtime.getRuntime().maxMemory(), OpenFiles.limit()),
                      ServiceAccess.bySdk(given),
                      fault);
              return StartedTier.web(tier, tier.port(), tier.adminPort());
            },
            args));
  }
}
