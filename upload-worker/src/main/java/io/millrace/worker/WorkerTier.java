package io.millrace.worker;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.admin.AdminServer;
import io.millrace.admin.Health;
import io.millrace.admin.ProcessMetrics;
import io.millrace.config.ServiceAccess;
import io.millrace.model.ObjectKeys;
import io.millrace.model.WriterId;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.pace.Backoff;
import io.millrace.pace.Ticker;
import io.millrace.queue.MessageQueue;
import io.millrace.worker.object.ConditionalPutCheck;
import io.millrace.worker.object.DataKeys;
import io.millrace.worker.object.RollWriter;
import io.millrace.worker.object.UploadMetrics;
import io.millrace.worker.object.Uploader;
import io.millrace.worker.process.ByteBudget;
import io.millrace.worker.process.RollLimits;
import io.millrace.worker.process.RollMetrics;
import io.millrace.worker.process.RollQueue;
import io.millrace.worker.queue.Acknowledger;
import io.millrace.worker.queue.DeadLetters;
import io.millrace.worker.queue.Intake;
import io.millrace.worker.queue.PollMetrics;
import io.millrace.worker.queue.Poller;
import io.millrace.worker.queue.Visibility;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker: wires its stages, and closes them from upstream to downstream.
 *
 * <p>Thread-safe; whoever starts it closes it. Messages received = deleted + left to come again.
 */
public final class WorkerTier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerTier.class);

  /** SQS gives out about 120,000 messages of a queue at once; past that it is silent. */
  private static final int MAX_MESSAGES = 80_000;

  private static final Duration BACKOFF_BASE = Duration.ofMillis(200);
  private static final Duration BACKOFF_LIMIT = Duration.ofSeconds(10);

  /** How long stopping may take beyond one PUT, and again for handing back. */
  private static final Duration STOP_SLACK = Duration.ofSeconds(5);

  /** What a poll that has messages to bring may take to end. */
  private static final Duration POLL_SLACK = Duration.ofSeconds(1);

  /** What an interrupted call to a service may take to end. */
  private static final Duration INTERRUPT_SLACK = Duration.ofSeconds(2);

  private final WorkerSettings settings;
  private final WorkerServices services;
  private final Backoff backoff;
  private final Health health = new Health();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMetrics processMetrics = new ProcessMetrics(registry);
  private final AdminServer admin;
  private final RollQueue rolls;
  private final Visibility visibility;
  private final StageThreads pollers;
  private final StageThreads uploaders;
  private boolean closed;

  private WorkerTier(WorkerSettings settings, WorkerServices services, Backoff backoff) {
    this.settings = settings;
    this.services = services;
    this.backoff = backoff;
    Ticker ticker = backoff.ticker();
    PollMetrics pollMetrics = new PollMetrics(registry);
    Poller.Options polling =
        new Poller.Options(
            settings.visibilityTimeout(),
            services.queue().maxMessageBytes().orElse(MessageQueue.DEFAULT_MAX_MESSAGE_BYTES),
            backoff);
    ByteBudget budget =
        new ByteBudget(settings.rollBytes() + settings.pollers() * polling.receiveBytes());
    RollMetrics rollMetrics = new RollMetrics(registry);
    rolls = new RollQueue(rollLimits(settings), budget, rollMetrics, ticker);
    rollMetrics.watch(rolls, budget);
    Acknowledger acknowledger = new Acknowledger(services.queue(), backoff, pollMetrics);
    visibility =
        new Visibility(services.queue(), settings.visibilityTimeout(), pollMetrics, ticker);
    DeadLetters dead = new DeadLetters(services.deadLetters(), acknowledger, pollMetrics, ticker);
    Intake intake = new Intake(rolls, dead, pollMetrics, settings.maxReceives());
    Uploader uploader = uploader(acknowledger);
    admin = AdminServer.start(settings.adminPort(), health, registry);
    uploaders =
        StageThreads.start(
            "uploader", Collections.nCopies(settings.maxWorkers(), uploader::runOnce), backoff);
    List<StageThreads.Step> polls =
        IntStream.range(0, settings.pollers())
            .mapToObj(i -> new Poller(services.queue(), rolls, intake, pollMetrics, polling))
            .<StageThreads.Step>map(poller -> poller::runOnce)
            .toList();
    pollers = StageThreads.start("poller", polls, backoff);
    health.started();
  }

  private Uploader uploader(Acknowledger acknowledger) {
    UploadMetrics metrics = new UploadMetrics(registry, backoff.ticker());
    String worker = WriterId.next(backoff.ticker().now().epochMs(), new SecureRandom());
    DataKeys keys = new DataKeys(new ObjectKeys(settings.keyPrefix()), worker);
    RollWriter writer =
        new RollWriter(services.store(), keys, settings.putTimeout(), backoff, metrics);
    LOG.info("Worker {} writes to {}", worker, settings.bucket());
    return new Uploader(rolls, writer, acknowledger, visibility, metrics);
  }

  private static RollLimits rollLimits(WorkerSettings settings) {
    return new RollLimits(
        settings.rollMaxBytes(),
        settings.rollMaxAge(),
        WorkerSettings.OPEN_ROLLS * settings.rollMaxBytes(),
        settings.maxQueue(),
        MAX_MESSAGES);
  }

  /**
   * Opens queues and bucket and starts.
   *
   * @param queueAccess where SQS is
   * @param storeAccess where S3 is
   * @throws io.millrace.queue.QueueException if a queue is missing or can't be reached
   * @throws ObjectStoreException if the bucket is missing, may not be written, or its store ignores
   *     If-None-Match
   * @throws java.io.UncheckedIOException if the admin port is taken
   */
  public static WorkerTier start(
      WorkerSettings settings, ServiceAccess queueAccess, ServiceAccess storeAccess) {
    LOG.info("Settings: {}", settings.effective());
    return start(settings, WorkerServices.open(settings, queueAccess, storeAccess));
  }

  /** Starts on queues and a store that the tier closes at its end, or if it can't start. */
  public static WorkerTier start(
      WorkerSettings settings, MessageQueue queue, MessageQueue deadLetters, ObjectStore store) {
    return start(settings, new WorkerServices(queue, deadLetters, store));
  }

  private static WorkerTier start(WorkerSettings settings, WorkerServices services) {
    Backoff backoff = new Backoff(BACKOFF_BASE, BACKOFF_LIMIT, new Random(), Ticker.system());
    try {
      services.store().checkBucket();
      ConditionalPutCheck.run(
          services.store(), settings.keyPrefix(), settings.putTimeout(), backoff);
      return new WorkerTier(settings, services, backoff);
    } catch (InterruptedException e) {
      services.close();
      Thread.currentThread().interrupt();
      throw new ObjectStoreException("interrupted while checking the store", e);
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
  }

  /** The port of health and metrics. */
  public int adminPort() {
    return admin.port();
  }

  /** What has been counted so far; readable after the tier is closed too. */
  public PrometheusMeterRegistry metrics() {
    return registry;
  }

  /**
   * Stores what is held and stops; a second call does nothing. Nothing is deleted that isn't
   * stored. Takes at most PUT_TIMEOUT_MS and 5 s for storing, then 5 s for handing back the rest,
   * and 2 s more for each if a service doesn't answer.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    long deadline = System.nanoTime() + settings.putTimeout().plus(STOP_SLACK).toNanos();
    // 1. Nothing new comes in. Polls that bring messages end by themselves; those that wait for
    // some are broken off.
    health.stopping();
    pollers.finish();
    if (!pollers.join(System.nanoTime() + POLL_SLACK.toNanos())) {
      pollers.stop();
      services.queue().stopReceiving();
      pollers.join(System.nanoTime() + INTERRUPT_SLACK.toNanos());
    }
    // 2. Open rolls are closed; uploaders store what is there, delete its messages, and end.
    rolls.end();
    stopAfter(uploaders, deadline);
    // 3. What could not be stored in time goes to other workers at once.
    HandBack handBack = new HandBack(rolls, visibility);
    StageThreads last = StageThreads.start("hand-back", List.of(handBack::runOnce), backoff);
    stopAfter(last, System.nanoTime() + STOP_SLACK.toNanos());
    // 4. Nobody calls any more.
    admin.close();
    services.close();
    processMetrics.close();
    LOG.info("Stopped: {} messages handed back", handBack.messages());
  }

  private static void stopAfter(StageThreads threads, long deadlineNanos) {
    if (!threads.join(deadlineNanos)) {
      threads.stop();
      threads.join(System.nanoTime() + INTERRUPT_SLACK.toNanos());
    }
  }
}
