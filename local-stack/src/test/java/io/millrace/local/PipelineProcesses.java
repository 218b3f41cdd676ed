package io.millrace.local;

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
 * Queue and store in this process, the tiers in processes of their own, all on this machine and on
 * any free ports. Times are short: what a killed worker held comes back after 4 s.
 */
final class PipelineProcesses implements AutoCloseable {
  /** One test at a time may have a durable queue: there is one a JVM. */
  static final String DURABLE_QUEUE = "durable queue";

  private final DataDirectory data;
  private final EmbeddedServers servers;
  private final Map<String, String> environment = new HashMap<>();
  private final SqsMessageQueue queue;
  private final SqsMessageQueue deadLetters;

  /** With a queue in memory. */
  PipelineProcesses(Path dataDir, Map<String, String> settings) throws Exception {
    this(dataDir, settings, false);
  }

  PipelineProcesses(Path dataDir, Map<String, String> settings, boolean durableQueue)
      throws Exception {
    data = DataDirectory.open(dataDir);
    servers =
        EmbeddedServers.start(
            new LocalSettings(
                dataDir, 0, 0, "127.0.0.1", 0, durableQueue, Duration.ofMillis(400), null),
            data);
    servers.createResources();
    environment.putAll(environment(servers));
    environment.put("PORT", "0");
    environment.put("ADMIN_PORT", "0");
    environment.put("LINGER_MS", "5");
    environment.put("DRAIN_DELAY_MS", "300");
    environment.put("ROLL_MAX_AGE_MS", "400");
    environment.put("PUT_TIMEOUT_MS", "2000");
    environment.put("VISIBILITY_TIMEOUT_SECONDS", "4");
    environment.put("ROLL_MAX_BYTES", "1048576");
    environment.putAll(settings);
    queue = SqsMessageQueue.open(servers.queueAccess(), EmbeddedServers.QUEUE_NAME, 1);
    deadLetters =
        SqsMessageQueue.open(
            servers.queueAccess(), EmbeddedServers.QUEUE_NAME + QueueSetup.DEAD_LETTER_SUFFIX, 1);
  }

  /** By which other processes find the servers. */
  static Map<String, String> environment(EmbeddedServers servers) {
    Map<String, String> environment = new HashMap<>();
    for (String export : servers.exports()) {
      String[] pair = export.substring("export ".length()).split("=", 2);
      environment.put(pair[0], pair[1]);
    }
    return environment;
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
    return data.objects().resolve(EmbeddedServers.BUCKET);
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
  public void close() throws IOException {
    queue.close();
    deadLetters.close();
    servers.close();
    data.close();
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
