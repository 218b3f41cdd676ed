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
import io.millrace.run.ByteBudget;
import io.millrace.run.Fault;
import io.millrace.run.ZstdLibrary;
import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import io.millrace.trace.Tracing;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.DrainRate;
import io.millrace.web.http.Admission;
import io.millrace.web.http.ConnectionWatch;
import io.millrace.web.http.HttpEdge;
import io.millrace.web.http.answer.Answers;
import io.millrace.web.http.answer.EdgeMetrics;
import io.millrace.web.http.answer.RetryAfter;
import io.millrace.web.http.body.BodyLimits;
import io.millrace.web.parse.CollectionParser;
import io.millrace.web.send.SendMetrics;
import io.millrace.web.send.SendTries;
import io.millrace.web.send.Sender;
import io.millrace.web.send.SenderPool;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
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

  /** Between tries to send. */
  private static final Duration BACKOFF_BASE = Duration.ofMillis(50);

  private static final Duration BACKOFF_LIMIT = Duration.ofSeconds(1);

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
  private boolean closed;

  private WebTier(
      WebSettings settings,
      MessageQueue opened,
      Tracing tracing,
      int maxMessageBytes,
      Fault fault) {
    this.settings = settings;
    this.tracing = tracing;
    Ticker ticker = Ticker.system();
    // What watches.
    health = new Health(fault);
    registry = Meters.registry(tracing, health);
    processMetrics = new ProcessMetrics(registry);
    ByteBudget budget = new ByteBudget(settings.maxInFlightBytes());
    DrainRate drainRate = new DrainRate();
    metrics = new EdgeMetrics(registry, budget, drainRate, ticker);
    SendMetrics sendMetrics = new SendMetrics(registry);
    // What takes collections.
    int maxLines = MessageCodec.maxUncompressedBytes(maxMessageBytes);
    String writer = WriterId.next(ticker.now().epochMs(), new SecureRandom());
    BatchNumbers numbers = new BatchNumbers(writer);
    BatchQueue.Limits limits = new BatchQueue.Limits(maxLines, settings.linger(), CHECKPOINT_AFTER);
    batches = new BatchQueue(limits, numbers, ticker, bulkTakers(settings.sendThreads()));
    BodyLimits bodies = new BodyLimits(settings.maxBodyBytes(), BODY_TIMEOUT, ticker);
    CollectionParser parser = new CollectionParser(settings.maxCollectionPayloads());
    Admission admission = new Admission(bodies, parser, maxLines, batches, budget, metrics, ticker);
    RetryAfter retryAfter = new RetryAfter(budget, drainRate, ticker);
    Answers answers = new Answers(metrics, retryAfter, ticker, fault);
    ConnectionWatch watch = new ConnectionWatch(settings.maxConnections(), budget, metrics, ticker);
    // What sends them.
    queue = TracedQueue.of(new MeteredQueue(opened, registry), tracing);
    Backoff backoff = new Backoff(BACKOFF_BASE, BACKOFF_LIMIT, new Random());
    FailureStreak streak = new FailureStreak();
    Supplier<SendTries> tries =
        () ->
            new SendTries(
                batches,
                queue,
                settings.codec(),
                settings.ackTimeout(),
                sendMetrics,
                streak,
                backoff,
                ticker);
    senders =
        SenderPool.start(
            settings.sendThreads(),
            () ->
                new Sender(
                    batches, numbers, tries.get(), budget, drainRate, tracing, sendMetrics, ticker),
            backoff,
            ticker,
            fault);
    // What listens.
    try {
      admin = AdminServer.start(settings.admin(), health, registry);
    } catch (RuntimeException e) {
      closeSenders();
      throw e;
    }
    try {
      edge =
          HttpEdge.start(
              settings.edge(), bodies, admission, answers, watch, health, metrics, tracing);
    } catch (RuntimeException e) {
      admin.close();
      closeSenders();
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
   * Drains and stops; a second call waits for the first and does nothing. Takes DRAIN_DELAY, at
   * most twice ACK_TIMEOUT, 5 s for answers to be written, and 1 s for the last spans if a
   * collector doesn't answer. After a fault there is no DRAIN_DELAY.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // 1. The balancer learns that we stop; collections are still taken, connections given up.
    health.stopping();
    edge.drain();
    if (health.isLive()) {
      LOG.info("Stopping: still taking collections for {} ms", settings.drainDelay().toMillis());
      awaitDrained();
    }
    // 2. No further collection gets in (503); what is inside is sent, its clients answered, by
    // SQS's answer or ACK_TIMEOUT; then the checkpoints.
    closeSenders();
    // 3. Answers under way are written.
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

  /** No further collection gets in; every batch has ended when this returns. */
  private void closeSenders() {
    batches.close();
    senders.close();
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
