package io.millrace.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.config.Capacity;
import io.millrace.model.ObjectKeys;
import io.millrace.model.WriterId;
import io.millrace.object.MeteredStore;
import io.millrace.object.ObjectStore;
import io.millrace.object.TracedStore;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.MeteredQueue;
import io.millrace.queue.TracedQueue;
import io.millrace.run.ByteBudget;
import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import io.millrace.trace.Tracing;
import io.millrace.worker.receive.CaughtUp;
import io.millrace.worker.receive.Intake;
import io.millrace.worker.receive.PollMetrics;
import io.millrace.worker.receive.Poller;
import io.millrace.worker.receive.QueueDepth;
import io.millrace.worker.roll.BatchSpans;
import io.millrace.worker.roll.RollLimits;
import io.millrace.worker.roll.RollMetrics;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.roll.SuspectQueue;
import io.millrace.worker.settle.Acknowledger;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.Leases;
import io.millrace.worker.settle.SettleMetrics;
import io.millrace.worker.store.Claims;
import io.millrace.worker.store.Gate;
import io.millrace.worker.store.StoreCalls;
import io.millrace.worker.store.StoreMetrics;
import io.millrace.worker.suspect.CheckMetrics;
import io.millrace.worker.suspect.Checker;
import io.millrace.worker.suspect.HourCheck;
import io.millrace.worker.suspect.ManifestCache;
import io.millrace.worker.upload.DataKeys;
import io.millrace.worker.upload.Layout;
import io.millrace.worker.upload.PayloadWriter;
import io.millrace.worker.upload.RollWriter;
import io.millrace.worker.upload.UploadMetrics;
import io.millrace.worker.upload.Uploader;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a worker and how they hang together, in the order of the data: a message is
 * received, waits in a roll or is checked as a suspect, is uploaded, and is settled. Starts no
 * thread; {@link WorkerTier} does, and closes queues and store.
 *
 * <p>Each part is thread-safe, but for the pollers and the depth, which are one thread's own.
 */
final class WorkerParts {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerParts.class);

  final MessageQueue queue;
  final MessageQueue letters;
  final ObjectStore store;
  final List<Poller> pollers;
  final QueueDepth depth;
  final RollQueue rolls;
  final SuspectQueue suspects = new SuspectQueue();
  final Checker checker;
  final Uploader uploader;
  final DeadLetters deadLetters;
  final Leases leases;
  final SettleMetrics settled;

  /**
   * @param openQueue called by the parts, which count its calls and trace its messages
   * @param openLetters the dead-letter queue; a letter stays in its message's trace
   * @param openStore called by the parts, which count and trace its calls
   * @param backoff after each failed call
   * @param ticker the only clock of all parts
   */
  WorkerParts(
      WorkerSettings settings,
      MessageQueue openQueue,
      MessageQueue openLetters,
      ObjectStore openStore,
      Tracing tracing,
      MeterRegistry registry,
      Backoff backoff,
      Ticker ticker) {
    // Called by all stages: both queues, the store behind its gate.
    queue = TracedQueue.of(new MeteredQueue(openQueue, registry), tracing);
    letters = new MeteredQueue(openLetters, registry);
    MeteredStore metered = new MeteredStore(openStore, registry);
    // Else there is a PUT for each payload, and its key may hold an endpoint's token.
    store = settings.isRolled() ? TracedStore.of(metered, tracing) : metered;
    Gate gate = new Gate(settings.storeCalls());
    StoreMetrics storeMetrics = new StoreMetrics(registry, ticker);
    storeMetrics.watch(gate);
    StoreCalls calls =
        new StoreCalls(store, gate, settings.putTimeout(), backoff, ticker, storeMetrics);
    ObjectKeys keys = new ObjectKeys(settings.keyPrefix());
    Claims claims = new Claims(calls, keys);
    SecureRandom random = new SecureRandom();

    // What ends a message: deletion, the dead letters, or its visibility.
    settled = new SettleMetrics(registry);
    leases = new Leases(queue, settings.visibilityTimeout(), settled, ticker);
    Acknowledger acknowledger = new Acknowledger(queue, leases, backoff, ticker, settled);
    deadLetters = new DeadLetters(letters, acknowledger, leases, settled, ticker);

    // From the queue into rolls and among the suspects.
    int maxMessageBytes = queue.maxMessageBytes().orElse(MessageQueue.DEFAULT_MAX_MESSAGE_BYTES);
    long receiveBytes = Intake.receiveBytes(maxMessageBytes);
    ByteBudget budget = new ByteBudget(settings.rollBytes() + settings.pollers() * receiveBytes);
    RollMetrics rollMetrics = new RollMetrics(registry);
    rolls = new RollQueue(limits(settings), budget, rollMetrics, ticker);
    rollMetrics.watch(rolls, budget);
    PollMetrics pollMetrics = new PollMetrics(registry);
    Intake intake =
        new Intake(
            rolls,
            suspects,
            leases,
            deadLetters,
            pollMetrics,
            settings.maxReceives(),
            settings.isRolled()
                ? OptionalInt.empty()
                : OptionalInt.of(Intake.maxLineBytes(maxMessageBytes)),
            receiveBytes);
    depth = new QueueDepth(queue, letters, registry, ticker);
    pollers =
        Stream.generate(
                () ->
                    new Poller(
                        queue,
                        settings.visibilityTimeout(),
                        intake,
                        depth,
                        gate,
                        backoff,
                        ticker,
                        pollMetrics))
            .limit(settings.pollers())
            .toList();
    pollMetrics.watch(new CaughtUp(leases, pollers));

    // From the suspects into rolls, or to the end of their messages.
    BatchSpans spans = new BatchSpans(tracing, ticker);
    CheckMetrics checkMetrics = new CheckMetrics(registry);
    checkMetrics.watch(suspects);
    long manifestBytes = settings.manifestBytes(Runtime.getRuntime().maxMemory());
    ManifestCache manifests = new ManifestCache(calls, keys, manifestBytes, checkMetrics);
    HourCheck check = new HourCheck(calls, claims, manifests, random, checkMetrics);
    checker = new Checker(suspects, rolls, acknowledger, leases, check, deadLetters, spans);

    // From rolls into the store.
    UploadMetrics uploads = new UploadMetrics(registry, ticker);
    String worker = WriterId.next(ticker.now().epochMs(), random);
    LOG.info("Worker {} writes to {}", worker, settings.bucket());
    Layout layout =
        settings
            .objectFolder()
            .<Layout>map(folder -> new PayloadWriter(calls, keys, folder))
            .orElseGet(() -> new RollWriter(calls, claims, new DataKeys(keys, worker), uploads));
    uploader = new Uploader(rolls, layout, acknowledger, leases, deadLetters, spans, uploads);
  }

  /** Without a roll to gather for, each batch goes to an uploader at once. */
  private static RollLimits limits(WorkerSettings settings) {
    return new RollLimits(
        settings.isRolled() ? settings.rollMaxBytes() : 0,
        settings.isRolled() ? settings.rollMaxAge() : Duration.ZERO,
        Capacity.OPEN_ROLLS * settings.rollMaxBytes(),
        settings.maxQueue(),
        Capacity.MAX_HELD_MESSAGES);
  }
}
