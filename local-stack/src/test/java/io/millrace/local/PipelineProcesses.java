package io.millrace.local;

import io.millrace.config.ServiceAccess;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueSetup;
import io.millrace.queue.SqsMessageQueue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Queue and store in one process, the tiers in processes of their own, all on this machine and on
 * any free ports. Times are short: what a killed worker held comes back after 4 s.
 */
final class PipelineProcesses implements AutoCloseable {
  private final Path dataDir;
  private final LocalProcess servers;
  private final Map<String, String> environment = new HashMap<>();
  private final SqsMessageQueue queue;
  private final SqsMessageQueue deadLetters;

  PipelineProcesses(Path dataDir, Map<String, String> settings, String... serverOptions)
      throws IOException {
    this.dataDir = dataDir;
    servers = LocalProcess.start(dataDir, serverOptions);
    environment.putAll(servers.exports());
    environment.put("PORT", "0");
    environment.put("ADMIN_PORT", "0");
    environment.put("LINGER_MS", "5");
    environment.put("DRAIN_DELAY_MS", "300");
    environment.put("ROLL_MAX_AGE_MS", "400");
    environment.put("PUT_TIMEOUT_MS", "2000");
    environment.put("VISIBILITY_TIMEOUT_SECONDS", "4");
    environment.put("ROLL_MAX_BYTES", "1048576");
    environment.putAll(settings);
    ServiceAccess access =
        ServiceAccess.of(
            servers.sqs(), EmbeddedStore.ACCESS_KEY_ID, EmbeddedStore.SECRET_ACCESS_KEY);
    queue = SqsMessageQueue.open(access, "millrace", 1);
    deadLetters = SqsMessageQueue.open(access, "millrace" + QueueSetup.DEAD_LETTER_SUFFIX, 1);
  }

  /** A web tier; {@link #target} waits for it. */
  JavaProcess web(String... options) throws IOException {
    return JavaProcess.start(mainOf("io.millrace.web.Main"), environment, options);
  }

  /** Where a web tier takes collections, once it does. */
  static URI target(JavaProcess web) throws InterruptedException {
    return Load.collections(web.await("\"ready\":\"web\",\"port\":(\\d+)"));
  }

  /** A worker. */
  JavaProcess worker() throws IOException {
    return JavaProcess.start(mainOf("io.millrace.worker.Main"), environment);
  }

  /** One of the toolbox's commands, run to its end. */
  ToolboxProcess toolbox(String... arguments) throws IOException, InterruptedException {
    return ToolboxProcess.run(environment, arguments);
  }

  /** The main queue. */
  MessageQueue queue() {
    return queue;
  }

  /** The folder of the bucket. */
  Path bucket() {
    return dataDir.resolve("objects").resolve("telemetry");
  }

  /** Waits until the queue holds nothing, visible or not. */
  void awaitEmptyQueue() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> queue.counts().total() == 0);
  }

  /** Messages that were given up. */
  long deadLetters() {
    return deadLetters.counts().total();
  }

  @Override
  public void close() {
    queue.close();
    deadLetters.close();
    servers.close();
  }

  /** The tiers' mains are not public. */
  private static Class<?> mainOf(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
