package io.millrace.local;

import io.micrometer.core.instrument.Counter;
import io.millrace.queue.QueueCounts;
import io.millrace.queue.QueueException;
import io.millrace.queue.QueueSetup;
import io.millrace.queue.SqsMessageQueue;
import io.millrace.run.Fault;
import io.millrace.time.Ticker;
import io.millrace.web.OpenFiles;
import io.millrace.web.WebSettings;
import io.millrace.web.WebTier;
import io.millrace.worker.WorkerSettings;
import io.millrace.worker.WorkerTier;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One web tier and one worker in this process, on the embedded servers, started by the same classes
 * as the tiers' own processes. Identity, checked at the end: payloads accepted = payloads stored +
 * payloads still queued.
 *
 * <p>Thread-safe; whoever starts it drains it.
 */
final class LocalPipeline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalPipeline.class);

  /** What both embedded servers and SQS take since August 2025; ElasticMQ doesn't tell. */
  private static final String MAX_MESSAGE_BYTES = "1048576";

  /** How long the worker may take for what is on the queue when all is told to stop. */
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);

  private static final Duration DRAIN_STEP = Duration.ofMillis(100);

  private final SqsMessageQueue queue;
  private final SqsMessageQueue deadLetters;
  private final long deadLettersBefore;
  private final boolean rolled;
  private final WorkerTier worker;
  private final WebTier web;

  private LocalPipeline(EmbeddedServers servers, Map<String, String> given, Fault fault) {
    long heap = Runtime.getRuntime().maxMemory();
    WorkerSettings workerSettings = WorkerSettings.read(given, heap);
    WebSettings webSettings = WebSettings.read(given, heap, OpenFiles.limit());
    rolled = workerSettings.isRolled();
    queue = SqsMessageQueue.open(servers.queueAccess(), EmbeddedServers.QUEUE_NAME, 1);
    deadLetters =
        SqsMessageQueue.open(
            servers.queueAccess(), EmbeddedServers.QUEUE_NAME + QueueSetup.DEAD_LETTER_SUFFIX, 1);
    deadLettersBefore = queueCounts(deadLetters).total();
    worker = WorkerTier.start(workerSettings, servers.queueAccess(), servers.storeAccess(), fault);
    try {
      web = WebTier.start(webSettings, servers.queueAccess(), fault);
    } catch (RuntimeException e) {
      worker.close();
      throw e;
    }
  }

  /**
   * Starts both tiers.
   *
   * @param environment settings of the tiers beside those that {@code settings} decides
   * @param fault of this process, and so of both tiers
   * @throws io.millrace.config.ConfigurationException if one of them is wrong
   * @throws java.io.UncheckedIOException if a port is taken
   */
  static LocalPipeline start(
      LocalSettings settings,
      EmbeddedServers servers,
      Map<String, String> environment,
      Fault fault) {
    Map<String, String> given = new HashMap<>(environment);
    given.put("PORT", Integer.toString(settings.port()));
    given.put("ADDRESS", settings.address());
    given.put("ADMIN_PORT", "0");
    given.put("ADMIN_ADDRESS", settings.address());
    given.put("QUEUE_NAME", EmbeddedServers.QUEUE_NAME);
    given.put("BUCKET", EmbeddedServers.BUCKET);
    given.put("CREATE_RESOURCES", "false");
    given.put("DRAIN_DELAY_MS", "0");
    given.put("ROLL_MAX_AGE_MS", Long.toString(settings.rollMaxAge().toMillis()));
    given.putIfAbsent("MAX_MESSAGE_BYTES", MAX_MESSAGE_BYTES);
    return new LocalPipeline(servers, given, fault);
  }

  /** The port of the HTTP edge. */
  int port() {
    return web.port();
  }

  /** The port of the web tier's health and metrics. */
  int webAdminPort() {
    return web.adminPort();
  }

  /** The port of the worker's health and metrics. */
  int workerAdminPort() {
    return worker.adminPort();
  }

  /** Whether objects hold lines, which {@code millrace cat} reads. */
  boolean isRolled() {
    return rolled;
  }

  /** What has happened so far. */
  LocalCounts counts() {
    Map<String, Long> requests = web.metrics().requestsByOutcome();
    return new LocalCounts(
        requests,
        web.metrics().payloadsAccepted(),
        workerCount("millrace.worker.payloads.stored"),
        workerCount("millrace.worker.objects.stored"),
        queueCounts(queue),
        queueCounts(deadLetters).total() - deadLettersBefore);
  }

  /**
   * Stops taking collections, lets the worker store what is on the queue, and stops it.
   *
   * @return what is left over, to be judged by {@link LocalCounts#exitCode}
   * @throws InterruptedException if interrupted while the worker empties the queue
   */
  LocalCounts drain() throws InterruptedException {
    web.close();
    Ticker ticker = Ticker.system();
    long deadline = ticker.nanos() + DRAIN_LIMIT.toNanos();
    while (isWorkLeft(queueCounts(queue)) && ticker.nanos() - deadline < 0) {
      ticker.pause(DRAIN_STEP);
    }
    worker.close();
    LocalCounts left = counts();
    queue.close();
    deadLetters.close();
    return left;
  }

  /** Stops both tiers without waiting for the queue to be empty, as after a fault. */
  @Override
  public void close() {
    web.close();
    worker.close();
  }

  /** A worker that stops closes and stores its rolls; of many single payloads it hands back. */
  private boolean isWorkLeft(QueueCounts counts) {
    return (rolled ? counts.visible() : counts.total()) > 0;
  }

  private long workerCount(String name) {
    Counter counter = worker.metrics().find(name).counter();
    return counter == null ? 0 : (long) counter.count();
  }

  /** A queue that doesn't tell counts as one that holds something: nothing is called stored. */
  private static QueueCounts queueCounts(SqsMessageQueue queue) {
    try {
      return queue.counts();
    } catch (QueueException e) {
      LOG.warn("The embedded queue doesn't tell its counts: {}", e.getMessage());
      return new QueueCounts(1, 0, 0);
    }
  }
}
