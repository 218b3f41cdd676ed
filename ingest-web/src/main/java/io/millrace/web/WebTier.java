package io.millrace.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.admin.AdminServer;
import io.millrace.admin.Health;
import io.millrace.admin.Meters;
import io.millrace.admin.ProcessMetrics;
import io.millrace.codec.MessageCodec;
import io.millrace.config.ConfigurationException;
import io.millrace.config.ServiceAccess;
import io.millrace.model.WriterId;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.MeteredQueue;
import io.millrace.queue.QueueSetup;
import io.millrace.queue.SqsMessageQueue;
import io.millrace.queue.TracedQueue;
import io.millrace.run.Fault;
import io.millrace.run.ZstdLibrary;
import io.millrace.time.Ticker;
import io.millrace.trace.Tracing;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.ByteBudget;
import io.millrace.web.batch.DrainRate;
import io.millrace.web.batch.PackerLimits;
import io.millrace.web.http.EdgeLimits;
import io.millrace.web.http.EdgeParts;
import io.millrace.web.http.HttpEdge;
import io.millrace.web.http.answer.EdgeMetrics;
import io.millrace.web.send.SendMetrics;
import io.millrace.web.send.SenderPool;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One web tier: wires its stages, and closes them from upstream to downstream.
 *
 * <p>Thread-safe; whoever starts it closes it.
 */
public final class WebTier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebTier.class);

  /** Silence after which a checkpoint tells the last number. */
  private static final Duration CHECKPOINT_AFTER = Duration.ofMinutes(1);

  /** For a body to come, from its first byte to its last. */
  private static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);

  private final WebSettings settings;
  private final MessageQueue queue;
  private final Tracing tracing;
  private final PrometheusMeterRegistry registry;
  private final ProcessMetrics processMetrics;
  private final EdgeMetrics metrics;
  private final Health health;
  private final BatchQueue batches;
  private final SenderPool senders;
  private final AdminServer admin;
  private final HttpEdge edge;
  private final AtomicBoolean closed = new AtomicBoolean();

  private WebTier(
      WebSettings settings, MessageQueue queue, Tracing tracing, int maxMessageBytes, Fault fault) {
    health = new Health(fault);
    this.settings = settings;
    this.tracing = tracing;
    registry = Meters.registry(tracing, health);
    this.queue = TracedQueue.of(new MeteredQueue(queue, registry), tracing);
    processMetrics = new ProcessMetrics(registry);
    ByteBudget budget = new ByteBudget(settings.maxInFlightBytes());
    DrainRate drainRate = new DrainRate();
    Ticker ticker = Ticker.system();
    metrics = new EdgeMetrics(registry, budget, drainRate, ticker);
    int maxLines = MessageCodec.maxUncompressedBytes(maxMessageBytes);
    String writer = WriterId.next(ticker.now().epochMs(), new SecureRandom());
    BatchNumbers numbers = new BatchNumbers(writer);
    batches =
        new BatchQueue(
            new PackerLimits(maxLines, settings.linger(), CHECKPOINT_AFTER),
            numbers,
            ticker,
            bulkTakers(settings.sendThreads()));
    senders =
        SenderPool.start(
            settings.sendThreads(),
            settings.ackTimeout(),
            settings.codec(),
            new SenderPool.Flow(batches, numbers, this.queue, budget, drainRate),
            new SenderPool.Watch(tracing, new SendMetrics(registry), fault));
    EdgeParts parts = new EdgeParts(batches, budget, drainRate, health, metrics, tracing, ticker);
    try {
      admin = AdminServer.start(settings.admin(), health, registry);
      edge = startEdge(parts, maxLines);
    } catch (RuntimeException e) {
      batches.close();
      senders.close();
      throw e;
    }
    health.started();
    LOG.info("Web tier {} takes collections on port {}", writer, edge.port());
  }

  /** A quarter of the senders are for batches that hold a small collection. */
  private static int bulkTakers(int senders) {
    return Math.max(1, senders - senders / 4);
  }

  /**
   * Opens the queue and starts.
   *
   * @param access where SQS is
   * @param fault of the process; after one the tier is failed, and only {@link #close} is left
   * @throws ConfigurationException if MAX_MESSAGE_BYTES is more than the queue takes
   * @throws io.millrace.queue.QueueException if the queue is not there
   * @throws java.io.UncheckedIOException if a port is taken
   */
  public static WebTier start(WebSettings settings, ServiceAccess access, Fault fault) {
    ZstdLibrary.load();
    LOG.info("Settings: {}", settings.effective());
    if (settings.createResources()) {
      QueueSetup.create(access, settings.queueName());
    }
    SqsMessageQueue queue =
        SqsMessageQueue.open(access, settings.queueName(), settings.sendThreads() + 1);
    try {
      return start(settings, queue, fault);
    } catch (RuntimeException e) {
      queue.close();
      throw e;
    }
  }

  /**
   * Starts on a queue, which the tier closes at its end; a fault is that of {@link
   * #start(WebSettings, ServiceAccess, Fault)}.
   *
   * @throws ConfigurationException if MAX_MESSAGE_BYTES is more than the queue takes
   */
  public static WebTier start(WebSettings settings, MessageQueue queue, Fault fault) {
    int maxMessageBytes = maxMessageBytes(settings, queue.maxMessageBytes());
    Tracing tracing = Tracing.open(settings.traces());
    try {
      return new WebTier(settings, queue, tracing, maxMessageBytes, fault);
    } catch (RuntimeException e) {
      tracing.close();
      throw e;
    }
  }

  /** The port of the HTTP edge. */
  public int port() {
    return edge.port();
  }

  /** The port of health and metrics. */
  public int adminPort() {
    return admin.port();
  }

  /** What has been counted so far. */
  public EdgeMetrics metrics() {
    return metrics;
  }

  /**
   * Drains and stops; a second call does nothing. Takes DRAIN_DELAY, at most twice ACK_TIMEOUT, 5 s
   * for answers to be written, and 1 s for the last spans if a collector doesn't answer. After a
   * fault there is no DRAIN_DELAY.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // 1. The balancer learns that we stop; collections are still taken, connections given up.
    health.stopping();
    edge.drain();
    if (health.isLive()) {
      LOG.info("Stopping: still taking collections for {} ms", settings.drainDelay().toMillis());
      awaitDrained();
    }
    // 2. No further collection gets in (503); what is inside is sent, its clients answered.
    batches.close();
    // 3. Every batch has ended, by SQS's answer or ACK_TIMEOUT; then the checkpoints.
    senders.close();
    // 4. Answers under way are written.
    edge.close();
    admin.close();
    queue.close();
    processMetrics.close();
    registry.close();
    tracing.close();
    LOG.info("Stopped: {} payloads accepted", metrics.payloadsAccepted());
  }

  private static int maxMessageBytes(WebSettings settings, OptionalInt queueTakes) {
    int wanted =
        settings
            .maxMessageBytes()
            .orElseGet(() -> queueTakes.orElse(MessageQueue.DEFAULT_MAX_MESSAGE_BYTES));
    if (wanted > queueTakes.orElse(wanted)) {
      throw new ConfigurationException(
          List.of(
              "MAX_MESSAGE_BYTES must be at most %d bytes, the MaximumMessageSize of queue %s, but is %d"
                  .formatted(queueTakes.getAsInt(), settings.queueName(), wanted)));
    }
    return wanted;
  }

  private HttpEdge startEdge(EdgeParts parts, int maxLines) {
    EdgeLimits limits =
        new EdgeLimits(
            settings.maxBodyBytes(),
            settings.maxCollectionPayloads(),
            maxLines,
            BODY_TIMEOUT,
            settings.maxConnections());
    try {
      return HttpEdge.start(settings.edge(), limits, parts);
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  /** A fault meanwhile ends the wait. */
  private void awaitDrained() {
    try {
      health.fault().await(settings.drainDelay());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
