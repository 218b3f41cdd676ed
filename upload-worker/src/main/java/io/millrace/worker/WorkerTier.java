package io.millrace.worker;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.admin.AdminServer;
import io.millrace.admin.Health;
import io.millrace.admin.Meters;
import io.millrace.admin.ProcessMetrics;
import io.millrace.config.ServiceAccess;
import io.millrace.model.ObjectKeys;
import io.millrace.object.BucketSetup;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.S3ObjectStore;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueSetup;
import io.millrace.queue.SqsMessageQueue;
import io.millrace.run.Fault;
import io.millrace.run.StageThreads;
import io.millrace.run.ZstdLibrary;
import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import io.millrace.trace.Tracing;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.store.StoreCheck;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker: starts the threads of its parts, and stops them from upstream to downstream.
 *
 * <p>Thread-safe; whoever starts it closes it. Messages received = deleted + left to come again.
 */
public final class WorkerTier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerTier.class);

  private static final Duration BACKOFF_BASE = Duration.ofMillis(200);
  private static final Duration BACKOFF_LIMIT = Duration.ofSeconds(10);

  /** Threads that hide held messages anew. */
  private static final int LEASE_THREADS = 4;

  /** What a poll that has messages to bring may take to end. */
  private static final Duration POLL_SLACK = Duration.ofSeconds(1);

  /** What an interrupted call to a service may take to end. */
  private static final Duration INTERRUPT_SLACK = Duration.ofSeconds(2);

  /** How long stopping may take beyond one PUT, and again for handing back. */
  private static final Duration STOP_SLACK = Duration.ofSeconds(5);

  private final WorkerSettings settings;
  private final Tracing tracing;
  private final Backoff backoff;
  private final Ticker ticker;
  private final Fault fault;
  private final Health health;
  private final PrometheusMeterRegistry registry;
  private final ProcessMetrics processMetrics;
  private final WorkerParts parts;
  private final AdminServer admin;
  private final StageThreads leases;
  private final StageThreads deadLetters;
  private final StageThreads uploaders;
  private final StageThreads checkers;
  private final StageThreads pollers;
  private final StageThreads looks;
  private boolean closed;

  /** Starts all threads, downstream first. */
  private WorkerTier(
      WorkerSettings settings,
      MessageQueue queue,
      MessageQueue letters,
      ObjectStore store,
      Tracing tracing,
      Backoff backoff,
      Ticker ticker,
      Fault fault) {
    this.settings = settings;
    this.tracing = tracing;
    this.backoff = backoff;
    this.ticker = ticker;
    this.fault = fault;
    health = new Health(fault);
    registry = Meters.registry(tracing, health);
    processMetrics = new ProcessMetrics(registry);
    parts = new WorkerParts(settings, queue, letters, store, tracing, registry, backoff, ticker);
    admin = AdminServer.start(settings.admin(), health, registry);
    leases = threads("leases", Collections.nCopies(LEASE_THREADS, parts.leases::runOnce));
    deadLetters =
        threads(
            "dead-letter", Collections.nCopies(DeadLetters.THREADS, parts.deadLetters::runOnce));
    uploaders =
        threads("uploader", Collections.nCopies(settings.maxWorkers(), parts.uploader::runOnce));
    checkers =
        threads("checker", Collections.nCopies(WorkerSettings.CHECKERS, parts.checker::runOnce));
    pollers =
        threads(
            "poller",
            parts.pollers.stream().<StageThreads.Step>map(poller -> poller::runOnce).toList());
    looks = threads("queue-depth", List.of(this::look));
    health.started();
  }

  private StageThreads threads(String name, List<StageThreads.Step> steps) {
    return StageThreads.start(name, steps, backoff, ticker, fault);
  }

  private boolean look() throws InterruptedException {
    boolean more = parts.depth.runOnce();
    parts.rolls.crowded(parts.depth.isCrowded());
    return more;
  }

  /**
   * Opens queues and bucket, which are created before if the settings ask for it, and starts.
   *
   * @param queueAccess where SQS is
   * @param storeAccess where S3 is
   * @param fault of the process; after one the tier is failed, and only {@link #close} is left
   * @throws io.millrace.queue.QueueException if a queue is missing or can't be reached
   * @throws ObjectStoreException if the bucket is missing, may not be written, or its store does
   *     something differently that the worker relies on
   * @throws java.io.UncheckedIOException if the admin port is taken
   */
  public static WorkerTier start(
      WorkerSettings settings, ServiceAccess queueAccess, ServiceAccess storeAccess, Fault fault) {
    ZstdLibrary.load();
    LOG.info("Settings: {}", settings.effective());
    String name = settings.queueName();
    if (settings.createResources()) {
      QueueSetup.create(queueAccess, name);
      BucketSetup.create(storeAccess, settings.bucket());
    }
    // One connection for each thread that may call: leases, the lane of dead letters, depth and the
    // closing thread, too.
    int others = LEASE_THREADS + DeadLetters.THREADS + 2;
    int connections = settings.pollers() + settings.storeCalls() + others;
    MessageQueue queue = SqsMessageQueue.open(queueAccess, name, connections);
    MessageQueue letters = null;
    ObjectStore store;
    try {
      letters =
          SqsMessageQueue.open(
              queueAccess, name + QueueSetup.DEAD_LETTER_SUFFIX, DeadLetters.THREADS + 1);
      store =
          S3ObjectStore.open(
              storeAccess, settings.bucket(), settings.putHeaders(), settings.storeCalls());
    } catch (RuntimeException e) {
      queue.close();
      if (letters != null) {
        letters.close();
      }
      throw e;
    }
    return start(settings, queue, letters, store, fault);
  }

  /** Starts on queues and a store that the tier closes at its end, or if it can't start. */
  public static WorkerTier start(
      WorkerSettings settings,
      MessageQueue queue,
      MessageQueue letters,
      ObjectStore store,
      Fault fault) {
    Ticker ticker = Ticker.system();
    Backoff backoff = new Backoff(BACKOFF_BASE, BACKOFF_LIMIT, new Random());
    Tracing tracing = null;
    try {
      limitsFault(queue.maxMessageBytes(), letters.maxMessageBytes()).ifPresent(LOG::warn);
      ObjectKeys keys = new ObjectKeys(settings.keyPrefix());
      store.checkBucket(keys.manifests());
      new StoreCheck(store, settings.putTimeout(), backoff, ticker)
          .folders(keys, settings.isRolled());
      tracing = Tracing.open(settings.traces());
      return new WorkerTier(settings, queue, letters, store, tracing, backoff, ticker, fault);
    } catch (InterruptedException e) {
      close(queue, letters, store);
      Thread.currentThread().interrupt();
      throw new ObjectStoreException("interrupted while checking the store", e);
    } catch (RuntimeException e) {
      if (tracing != null) {
        tracing.close();
      }
      close(queue, letters, store);
      throw e;
    }
  }

  private static void close(MessageQueue queue, MessageQueue letters, ObjectStore store) {
    queue.close();
    letters.close();
    store.close();
  }

  /**
   * What is wrong with the largest messages that both queues take, in bytes, with what to do.
   * Whether the dead-letter queue may be written is found out by the first dead letter only: no
   * call tries that without a message.
   *
   * @param queueTakes empty if the queue doesn't tell
   * @param lettersTake empty if the dead-letter queue doesn't tell
   * @return empty if every message fits, as far as they tell
   */
  static Optional<String> limitsFault(OptionalInt queueTakes, OptionalInt lettersTake) {
    return lettersTake.orElse(Integer.MAX_VALUE) < queueTakes.orElse(0)
        ? Optional.of(
            ("The dead-letter queue takes messages of up to %d bytes, the queue of %d: set the"
                    + " MaximumMessageSize of the first to that of the second, or large dead"
                    + " letters are refused")
                .formatted(lettersTake.getAsInt(), queueTakes.getAsInt()))
        : Optional.empty();
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
   * and 2 s more for each if a service doesn't answer; 1 s for the last spans if a collector
   * doesn't. After a fault nothing is stored, and all is handed back.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    LOG.info("Stopping: no more messages are received");
    // 1. Nothing new comes in.
    health.stopping();
    Duration storing = health.isLive() ? settings.putTimeout().plus(STOP_SLACK) : Duration.ZERO;
    long deadline = ticker.nanos() + storing.toNanos();
    stopPolling();
    // 2. Rolls are closed; uploaders store what is there, delete its messages, and end.
    stopStoring(deadline);
    // 3. What could not be stored in time goes to other workers at once.
    stopBy(threads("hand-back", List.of(parts.leases::handBack)), after(STOP_SLACK));
    // 4. Nobody calls any more.
    admin.close();
    close(parts.queue, parts.letters, parts.store);
    processMetrics.close();
    tracing.close();
    LOG.info("Stopped: {} messages handed back", parts.settled.handedBack());
  }

  /**
   * Ends receiving. Polls that bring messages end by themselves; those that wait for some are
   * broken off.
   */
  private void stopPolling() {
    looks.stop();
    pollers.finish();
    if (!pollers.join(after(POLL_SLACK))) {
      pollers.stop();
      parts.queue.stopReceiving();
      pollers.join(after(INTERRUPT_SLACK));
    }
    looks.join(after(INTERRUPT_SLACK));
  }

  /**
   * Stores what is in rolls, after a fault nothing more; suspects that are not checked by then are
   * left held.
   */
  private void stopStoring(long deadlineNanos) {
    List<HeldBatch> unchecked = parts.suspects.end();
    parts.rolls.release(unchecked.stream().mapToLong(HeldBatch::heldBytes).sum());
    parts.deadLetters.end();
    stopBy(checkers, after(POLL_SLACK));
    stopBy(deadLetters, after(POLL_SLACK));
    if (fault.isReported()) {
      uploaders.stop(); // before they are given the open rolls
    }
    parts.rolls.end();
    stopBy(uploaders, deadlineNanos);
    parts.rolls.abandonWaiting();
    stopBy(leases, ticker.nanos());
  }

  private void stopBy(StageThreads threads, long deadlineNanos) {
    if (!threads.join(deadlineNanos)) {
      threads.stop();
      threads.join(after(INTERRUPT_SLACK));
    }
  }

  private long after(Duration length) {
    return ticker.nanos() + length.toNanos();
  }
}
