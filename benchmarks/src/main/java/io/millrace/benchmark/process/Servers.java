package io.millrace.benchmark.process;

import io.millrace.config.ServiceAccess;
import io.millrace.queue.SqsMessageQueue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The embedded queue and store, in one process. One thread's own; closing it kills them. */
final class Servers implements AutoCloseable {
  /** They share the cores with what is measured: a collector without threads of its own. */
  private static final String JVM_OPTIONS = "-Xmx2g -XX:+UseSerialGC";

  private static final Pattern READY = Pattern.compile("(?m)^export BUCKET=(.+)$");
  private static final Pattern EXPORT = Pattern.compile("(?m)^export (\\w+)=(.*)$");
  private static final long DRAIN_SECONDS = 180;
  private static final long LOOK_EVERY_MS = 200;

  private final Part part;
  private final Path bucket;
  private final Map<String, String> environment;

  private Servers(Part part, Path bucket, Map<String, String> environment) {
    this.part = part;
    this.bucket = bucket;
    this.environment = environment;
  }

  static Servers start(Checkout checkout, Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    var command =
        checkout.command(
            "local",
            "--servers-only",
            "--sqs-port",
            "0",
            "--s3-port",
            "0",
            "--data-dir",
            data.toString());
    Part part =
        Part.start("servers", command, JVM_OPTIONS, Map.of(), folder.resolve("servers.log"));
    try {
      String bucket = part.await(READY);
      Map<String, String> environment = new HashMap<>();
      for (Matcher export = EXPORT.matcher(part.printed()); export.find(); ) {
        environment.put(export.group(1), export.group(2));
      }
      return new Servers(part, data.resolve("objects").resolve(bucket), environment);
    } catch (IOException e) {
      part.close();
      throw e;
    }
  }

  Part part() {
    return part;
  }

  /** The folder of the bucket. */
  Path bucket() {
    return bucket;
  }

  /** By which tiers find queue and store. */
  Map<String, String> environment() {
    return environment;
  }

  /**
   * Waits until the workers have emptied the queue.
   *
   * @throws IOException if it takes too long
   */
  void awaitEmptyQueue() throws IOException, InterruptedException {
    ServiceAccess access =
        ServiceAccess.of(
            URI.create(variable("AWS_ENDPOINT_URL_SQS")),
            variable("AWS_ACCESS_KEY_ID"),
            variable("AWS_SECRET_ACCESS_KEY"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
    try (SqsMessageQueue queue = SqsMessageQueue.open(access, variable("QUEUE_NAME"), 1)) {
      while (queue.counts().total() > 0) {
        if (System.nanoTime() > deadline) {
          throw new IOException("the queue still holds " + queue.counts());
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
      }
    }
  }

  @Override
  public void close() {
    part.close();
  }

  private String variable(String name) {
    return Objects.requireNonNull(environment.get(name), name);
  }
}
