package io.millrace.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.config.ServiceAccess;
import io.millrace.contract.ServerExtension.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.testcontainers.localstack.LocalStackContainer;

/**
 * LocalStack in a container, where there is an engine for it and the image can be had. The docker
 * command tells: Testcontainers would ask an unreachable registry for minutes.
 */
final class LocalStack {
  /** The last that starts without an account. */
  private static final String IMAGE = "localstack/localstack:4.14.0";

  /** For the engine's or the registry's first word. */
  private static final int ANSWER_SECONDS = 5;

  private static final int PULL_SECONDS = 300;

  private LocalStack() {}

  static Server start() throws InterruptedException {
    assumeThat(succeeds("docker", "version"))
        .as("no Docker engine answers, to run %s", IMAGE)
        .isTrue();
    assumeThat(succeeds("docker", "image", "inspect", IMAGE) || succeeds("docker", "pull", IMAGE))
        .as("the Docker engine has no image %s and can't pull it", IMAGE)
        .isTrue();
    var container = new LocalStackContainer(IMAGE).withServices("sqs", "s3");
    container.start();
    var credentials =
        new ServiceAccess.Credentials(container.getAccessKey(), container.getSecretKey());
    return new Server(
        new ServiceAccess(container.getEndpoint(), container.getRegion(), credentials), container);
  }

  /** Whether the command prints something soon, and ends well. */
  private static boolean succeeds(String... command) throws InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return false; // There is no such command.
    }
    CompletableFuture<Integer> firstByte = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, firstByte), "docker-output");
    reader.setDaemon(true);
    reader.start();
    try {
      firstByte.completeOnTimeout(-1, ANSWER_SECONDS, SECONDS);
      return firstByte.join() >= 0
          && process.waitFor(PULL_SECONDS, SECONDS)
          && process.exitValue() == 0;
    } finally {
      process.destroy();
    }
  }

  private static void read(Process process, CompletableFuture<Integer> firstByte) {
    try (var output = process.getInputStream()) {
      firstByte.complete(output.read());
      output.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      firstByte.complete(-1);
    }
  }
}
