package io.millrace.worker;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.admin.AdminServer;
import io.millrace.admin.Health;
import io.millrace.admin.Meters;
import io.millrace.admin.ProcessMetrics;
import io.millrace.config.Capacity;
import io.millrace.config.ServiceAccess;
import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.queue.MessageQueue;
import io.millrace.run.ByteBudget;
import io.millrace.run.Fault;
import io.millrace.run.StageThreads;
import io.millrace.run.ZstdLibrary;
import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import io.millrace.trace.Tracing;
import io.millrace.worker.receive.CaughtUp;
import io.millrace.worker.receive.Intake;
import io.millrace.worker.receive.PollMetrics;
import io.millrace.worker.receive.Poller;
import io.millrace.worker.receive.QueueDepth;
import io.millrace.worker.roll.RollLimits;
import io.millrace.worker.roll.RollMetrics;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.roll.SuspectQueue;
import io.millrace.worker.settle.Acknowledger;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.Leases;
import io.millrace.worker.settle.SettleMetrics;
import io.millrace.worker.store.Gate;
import io.millrace.worker.store.StoreCheck;
import io.millrace.worker.suspect.Checker;
import io.millrace.worker.upload.Uploader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

  private static final Duration BACKOFF_BASE = Duration.ofMillis(200);
  private static final Duration BACKOFF_LIMIT = Duration.ofSeconds(10);

  /** How long stopping may take beyond one PUT, and again for handing back. */
  private static final Duration STOP_SLACK = Duration.ofSeconds(5);

  private final WorkerSettings settings;
  private final WorkerServices services;
  private final Backoff backoff;
  private final Health health;
  private final Tracing tracing;
  private final PrometheusMeterRegistry registry;
  private final ProcessMetrics processMetrics;
  private final PollMetrics pollMetrics;
  private final SettleMetrics settleMetrics;
  private final AdminServer admin;
  private final WorkerStages stages;
  private boolean closed;

  private WorkerTier(
      WorkerSettings settings,
      WorkerServices opened,
      Tracing tracing,
      Backoff backoff,
      Fault fault) {
    health = new Health(fault);
    this.settings = settings;
    this.tracing = tracing;
    registry = Meters.registry(tracing, health);
    processMetrics = new ProcessMetrics(registry);
    pollMetrics = new PollMetrics(registry);
    settleMetrics = new SettleMetrics(registry);
    services = opened.metered(registry).traced(tracing);
    this.backoff = backoff;
    Ticker ticker = backoff.ticker();
    Gate gate = new Gate(settings.storeCalls());
    Poller.Options polling =
        new Poller.Options(
            settings.visibilityTimeout(),
            services.queue().maxMessageBytes().orElse(MessageQueue.DEFAULT_MAX_MESSAGE_BYTES),
            gate,
            backoff,
            pollMetrics);
    RollQueue rolls = rolls(settings.pollers() * polling.receiveBytes());
    SuspectQueue suspects = new SuspectQueue();
    Leases leases =
        new Leases(services.queue(), settings.visibilityTimeout(), settleMetrics, ticker);
    Acknowledger acknowledger = new Acknowledger(services.queue(), leases, backoff, settleMetrics);
    DeadLetters dead =
        new DeadLetters(services.deadLetters(), acknowledger, leases, settleMetrics, ticker);
    Intake intake =
        new Intake(rolls, suspects, leases, dead, pollMetrics, rules(polling.maxMessageBytes()));
    QueueDepth depth = new QueueDepth(services.queue(), services.deadLetters(), registry, ticker);
    StoreSide store =
        StoreSide.wire(
            settings, services.store(), gate, backoff, new StoreSide.Watch(registry, tracing));
    store.watch(suspects);
    Checker checker = new Checker(suspects, rolls, acknowledger, leases, store.check(), dead);
    Uploader uploader =
        new Uploader(rolls, store.layout(), acknowledger, leases, dead, store.uploadMetrics());
    List<Poller> pollers =
        IntStream.range(0, settings.pollers())
            .mapToObj(i -> new Poller(services.queue(), rolls, intake, dead, depth, polling))
            .toList();
    pollMetrics.watch(new CaughtUp(leases, pollers));
    List<StageThreads.Step> polls =
        pollers.stream().<StageThreads.Step>map(poller -> poller::runOnce).toList();
    admin = AdminServer.start(settings.admin(), health, registry);
    stages =
        new WorkerStages(
            new WorkerStages.Handovers(suspects, rolls, dead, leases),
            new WorkerStages.Steps(
                polls, checker::runOnce, uploader::runOnce, () -> look(depth, rolls)),
            settings,
            backoff,
            fault);
    health.started();
  }

  private static boolean look(QueueDepth depth, RollQueue rolls) throws InterruptedException {
    boolean more = depth.runOnce();
    rolls.crowded(depth.isCrowded());
    return more;
  }

  /** The lines of a batch fit a message even if they don't compress. */
  private Intake.Rules rules(int maxMessageBytes) {
    return new Intake.Rules(
        settings.maxReceives(),
        settings.isRolled() ? OptionalInt.empty() : OptionalInt.of(maxMessageBytes));
  }

  /** Without a roll to gather for, each batch goes to an uploader at once. */
  private RollQueue rolls(long receiveBytes) {
    RollLimits limits =
        new RollLimits(
            settings.isRolled() ? settings.rollMaxBytes() : 0,
            settings.isRolled() ? settings.rollMaxAge() : Duration.ZERO,
            Capacity.OPEN_ROLLS * settings.rollMaxBytes(),
            settings.maxQueue(),
            Capacity.MAX_HELD_MESSAGES);
    ByteBudget budget = new ByteBudget(settings.rollBytes() + receiveBytes);
    RollMetrics metrics = new RollMetrics(registry);
    RollQueue rolls = new RollQueue(limits, budget, metrics, backoff.ticker());
    metrics.watch(rolls, budget);
    return rolls;
  }

  /**
   * Opens queues and bucket and starts.
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
    return start(settings, WorkerServices.open(settings, queueAccess, storeAccess), fault);
  }

  /** Starts on queues and a store that the tier closes at its end, or if it can't start. */
  public static WorkerTier start(
      WorkerSettings settings,
      MessageQueue queue,
      MessageQueue deadLetters,
      ObjectStore store,
      Fault fault) {
    return start(settings, new WorkerServices(queue, deadLetters, store), fault);
  }

  private static WorkerTier start(WorkerSettings settings, WorkerServices services, Fault fault) {
    Backoff backoff = new Backoff(BACKOFF_BASE, BACKOFF_LIMIT, new Random(), Ticker.system());
    try {
      compareLimits(services.queue().maxMessageBytes(), services.deadLetters().maxMessageBytes());
      services.store().checkBucket(new ObjectKeys(settings.keyPrefix()).manifests());
      checkStore(settings, new StoreCheck(services.store(), settings.putTimeout(), backoff));
      return start(settings, services, backoff, fault);
    } catch (InterruptedException e) {
      services.close();
      Thread.currentThread().interrupt();
      throw new ObjectStoreException("interrupted while checking the store", e);
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
  }

  /** Permissions may differ by folder, so each that is used is tried. */
  private static void checkStore(WorkerSettings settings, StoreCheck check)
      throws InterruptedException {
    ObjectKeys keys = new ObjectKeys(settings.keyPrefix());
    if (!settings.isRolled()) {
      check.writing(keys.prefix());
      return;
    }
    for (String folder : List.of(keys.prefix(), keys.claims(), keys.manifests())) {
      check.all(folder);
    }
  }

  /**
   * Whether the dead-letter queue may be written is found out by the first dead letter only: no
   * call tries that without a message.
   */
  private static void compareLimits(OptionalInt queueTakes, OptionalInt lettersTake) {
    limitsFault(queueTakes, lettersTake).ifPresent(LOG::warn);
  }

  /**
   * What is wrong with the largest messages that both queues take, in bytes, with what to do.
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

  private static WorkerTier start(
      WorkerSettings settings, WorkerServices services, Backoff backoff, Fault fault) {
    Tracing tracing = Tracing.open(settings.traces());
    try {
      return new WorkerTier(settings, services, tracing, backoff, fault);
    } catch (RuntimeException e) {
      tracing.close();
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
    long deadline = System.nanoTime() + storing.toNanos();
    stages.stopPolling(services.queue()::stopReceiving);
    // 2. Rolls are closed; uploaders store what is there, delete its messages, and end.
    stages.store(deadline);
    // 3. What could not be stored in time goes to other workers at once.
    stages.handBack(System.nanoTime() + STOP_SLACK.toNanos(), backoff);
    // 4. Nobody calls any more.
    admin.close();
    services.close();
    processMetrics.close();
    tracing.close();
    LOG.info("Stopped: {} messages handed back", settleMetrics.handedBack());
  }
}
