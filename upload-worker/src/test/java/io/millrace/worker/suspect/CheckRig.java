package io.millrace.worker.suspect;

import static io.millrace.worker.SampleBatches.body;
import static io.millrace.worker.StoreRig.KEYS;

import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.model.BatchId;
import io.millrace.model.Claim;
import io.millrace.model.Manifest;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.ReceivedMessage;
import io.millrace.run.ByteBudget;
import io.millrace.trace.Tracing;
import io.millrace.worker.StoreRig;
import io.millrace.worker.roll.BatchSpans;
import io.millrace.worker.roll.RollLimits;
import io.millrace.worker.roll.RollMetrics;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.roll.SuspectQueue;
import io.millrace.worker.settle.Acknowledger;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.settle.Leases;
import io.millrace.worker.settle.SettleMetrics;
import io.millrace.worker.upload.DataKeys;
import io.millrace.worker.upload.RollWriter;
import io.millrace.worker.upload.UploadMetrics;
import io.millrace.worker.upload.Uploader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A checker with its neighbours: the queue before it, rolls and an uploader behind. */
final class CheckRig {
  static final Duration VISIBILITY = Duration.ofMinutes(2);

  private static final String WORKER = "01JDBXV5ZD0000000000000W0X";

  private final StoreRig store = StoreRig.empty();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> store.ticker().now().epochMs());
  private final ByteBudget budget = new ByteBudget(1 << 20);
  private final RollQueue rolls =
      new RollQueue(
          new RollLimits(1 << 20, Duration.ofSeconds(1), 4 << 20, 4, 1000),
          budget,
          new RollMetrics(store.registry()),
          store.ticker());
  private final SuspectQueue suspects = new SuspectQueue();
  private final SettleMetrics metrics = new SettleMetrics(store.registry());
  private final Leases leases = new Leases(queue, VISIBILITY, metrics, store.ticker());
  private final Acknowledger acknowledger =
      new Acknowledger(queue, leases, store.backoff(), store.ticker(), metrics);
  private final FakeMessageQueue dead = new FakeMessageQueue(() -> store.ticker().now().epochMs());
  private final DeadLetters letters =
      new DeadLetters(dead, acknowledger, leases, metrics, store.ticker());
  private final Checker checker = wireChecker();
  private final Uploader uploader = wireUploader();

  @FunctionalInterface
  interface Turn {
    boolean runOnce() throws InterruptedException;
  }

  private Checker wireChecker() {
    CheckMetrics checks = new CheckMetrics(store.registry());
    return new Checker(
        suspects,
        rolls,
        acknowledger,
        leases,
        new HourCheck(
            store.calls(),
            store.claims(),
            new ManifestCache(store.calls(), KEYS, 1 << 20, checks),
            new Random(1),
            checks),
        letters,
        new BatchSpans(Tracing.off(), store.ticker()));
  }

  private Uploader wireUploader() {
    UploadMetrics uploads = new UploadMetrics(store.registry(), store.ticker());
    DataKeys keys = new DataKeys(KEYS, WORKER);
    return new Uploader(
        rolls,
        new RollWriter(store.calls(), store.claims(), keys, uploads),
        acknowledger,
        leases,
        letters,
        new BatchSpans(Tracing.off(), store.ticker()),
        uploads);
  }

  StoreRig store() {
    return store;
  }

  FakeMessageQueue queue() {
    return queue;
  }

  ByteBudget budget() {
    return budget;
  }

  RollQueue rolls() {
    return rolls;
  }

  SuspectQueue suspects() {
    return suspects;
  }

  Checker checker() {
    return checker;
  }

  /** Moves all that is in the lane, and returns what lies on the dead-letter queue then. */
  List<String> deadLetters() throws InterruptedException {
    while (letters.size() > 0) {
      letters.runOnce();
    }
    return dead.bodies();
  }

  /** Sends batches, receives them and takes them for suspects. */
  void suspect(HeldBatch... batches) {
    send(batches);
    receive();
  }

  /** Sends batches, receives them and puts them into a roll. */
  void roll(HeldBatch... batches) {
    send(batches);
    received().forEach(rolls::add);
  }

  /** Takes all that is visible for suspects. */
  void receive() {
    suspects.add(received());
  }

  /** Uploads one roll, once it is old enough. */
  void upload() throws InterruptedException {
    store.ticker().advance(Duration.ofSeconds(1));
    uploader.runOnce();
  }

  /** Takes a turn where no interrupt is expected. */
  static void now(Turn turn) {
    try {
      turn.runOnce();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Keys of data and tombstones. */
  List<String> dataKeys() {
    return store.store().keys().stream().filter(KEYS::isData).toList();
  }

  /** Numbers of the batches in all data objects. */
  List<Long> storedBatches() {
    List<Long> numbers = new ArrayList<>();
    for (String key : dataKeys()) {
      Manifest manifest = Manifest.fromJson(store.store().bytes(KEYS.manifest(key)));
      if (store.store().bytes(key).length == manifest.bytes()) {
        manifest.batches().forEach(b -> numbers.add(BatchId.parse(b.batch()).seq()));
      }
    }
    return numbers;
  }

  private void send(HeldBatch... batches) {
    for (HeldBatch batch : batches) {
      queue.send(body(batch), Map.of(), Duration.ofSeconds(1));
    }
  }

  private List<HeldBatch> received() {
    List<HeldBatch> received = new ArrayList<>();
    for (ReceivedMessage message : queue.receive(10, Duration.ZERO, VISIBILITY)) {
      try {
        Decoded decoded = MessageCodec.decode(message.body());
        HeldBatch held =
            new HeldBatch(
                decoded.header(), decoded.frame(), message.receiptHandle(), Claim.NONE, null);
        rolls.reserve(held.heldBytes());
        received.add(held);
      } catch (MessageCodec.UndecodableException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return received;
  }
}
