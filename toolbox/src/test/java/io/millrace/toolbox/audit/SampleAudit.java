package io.millrace.toolbox.audit;

import io.millrace.model.Hour;
import io.millrace.model.Manifest;
import io.millrace.model.ObjectKeys;
import io.millrace.object.Content;
import io.millrace.object.FakeObjectStore;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.ReceivedMessage;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.toolbox.audit.judge.Scope;
import io.millrace.toolbox.audit.look.Bucket;
import io.millrace.toolbox.audit.look.Progress;
import io.millrace.toolbox.audit.look.QueueWatch;
import io.millrace.toolbox.audit.look.ReceiptBook;
import io.millrace.toolbox.audit.say.AuditReport;
import io.millrace.toolbox.audit.say.Subject;
import io.millrace.toolbox.audit.say.Verdict;
import io.millrace.toolbox.bucket.BucketLayout;
import io.millrace.toolbox.bucket.Parallel;
import io.millrace.toolbox.bucket.Reads;
import io.millrace.toolbox.hours.HourRange;
import io.millrace.toolbox.letters.DeadLetterQueue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A bucket, a queue and its dead letters in memory, and the audit of them. */
public final class SampleAudit {
  public static final Scope EVERYTHING = new Scope(new HourRange(null, null), null);
  private static final Duration SECOND = Duration.ofSeconds(1);

  final FakeObjectStore store = new FakeObjectStore();
  final FakeTicker ticker = new FakeTicker();
  final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  final FakeMessageQueue deadLetters = new FakeMessageQueue(() -> ticker.now().epochMs());
  final ObjectKeys keys = new ObjectKeys("raw/");
  Supplier<FakeMessageQueue> queues = () -> queue;
  Supplier<DeadLetterQueue> letters = () -> new DeadLetterQueue(deadLetters, ticker);
  Scope scope = EVERYTHING;
  BucketLayout layout = BucketLayout.ROLLED;
  boolean deep;
  private int objects;

  SampleAudit() {
    store.ignoreIfNoneMatch();
  }

  /** Stores batches as one object with its manifest; returns its key. */
  String store(SampleBatch... batches) {
    String key = announce(batches);
    put(key, content(batches));
    return key;
  }

  /** Writes the manifest only, as for a roll that was never stored; returns the data's key. */
  String announce(SampleBatch... batches) {
    String key = newKey(batches[0]);
    put(keys.manifest(key), manifest(key, batches).toJson());
    return key;
  }

  String newKey(SampleBatch first) {
    Hour hour = Hour.of(first.opened());
    return keys.data(hour, first.opened() + 1000, SampleBatch.WRITER, ++objects, first.codec());
  }

  public static Manifest manifest(String key, SampleBatch... batches) {
    List<Manifest.Entry> entries = new ArrayList<>();
    long offset = 0;
    for (SampleBatch batch : batches) {
      entries.add(batch.entry(offset));
      offset += batch.frame().length;
    }
    return new Manifest(Manifest.VERSION, key, batches[0].codec().label(), 1, offset, entries);
  }

  public static byte[] content(SampleBatch... batches) {
    byte[] all = new byte[0];
    for (SampleBatch batch : batches) {
      all = concat(all, batch.frame());
    }
    return all;
  }

  public static byte[] concat(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  void put(String key, byte[] content) {
    store.putIfAbsent(key, Content.of(content), "x", SECOND);
  }

  /** A message lies on the queue. */
  void enqueue(SampleBatch batch) {
    queue.send(batch.message(), Map.of(), SECOND);
  }

  /** A message lies in the dead-letter queue. */
  void bury(SampleBatch batch) {
    deadLetters.send(batch.message(), Map.of("reason", "test"), SECOND);
  }

  /** Does this before the dead letters are opened for the n-th time. */
  void beforeLetters(int nth, Runnable action) {
    Supplier<DeadLetterQueue> opening = letters;
    AtomicInteger times = new AtomicInteger();
    letters =
        () -> {
          if (times.incrementAndGet() == nth) {
            action.run();
          }
          return opening.get();
        };
  }

  /** All dead letters are gone. */
  void unbury() {
    deadLetters.delete(
        deadLetters.receive(10, SECOND, SECOND).stream()
            .map(ReceivedMessage::receiptHandle)
            .toList());
  }

  AuditReport run(ReceiptBook book) throws InterruptedException {
    Backoff backoff = new Backoff(SECOND, SECOND, new Random(1));
    Subject subject = new Subject("telemetry", keys.prefix(), layout, scope);
    PrintWriter err = new PrintWriter(new StringWriter());
    try (Progress progress = Progress.start(err, false);
        QueueWatch watch = new QueueWatch(queues, letters, ticker)) {
      Bucket bucket = new Bucket(new Reads(store, backoff, ticker), keys);
      return new AuditRun(subject, bucket, watch, new Parallel(3), progress)
          .run(book, deep, Duration.ofMinutes(10));
    }
  }

  AuditReport run() throws InterruptedException {
    return run(null);
  }

  int exit() throws InterruptedException {
    return Verdict.of(run()).exitCode();
  }
}
