package io.millrace.benchmark.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.codec.Frame;
import io.millrace.codec.FrameEncoder;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageHeader;
import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import io.millrace.time.Moment;
import io.millrace.time.Ticker;
import io.millrace.web.batch.Batch;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.PendingCollection;
import io.millrace.web.parse.ParsedCollection;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the web tier does with a whole batch, told for one collection of it: pack it, tell those who
 * wait, compress it, make a message of it; and beside it base64, MD5 and SHA-256 alone, which each
 * message takes somewhere on its way.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BatchBenchmark {
  private static final BatchId ID = new BatchId(Samples.writer(), 118);

  /** A batch is due as soon as it is asked for, so that no clock decides what it holds. */
  private static final BatchQueue.Limits LIMITS =
      new BatchQueue.Limits(
          MessageCodec.maxUncompressedBytes(1 << 20), Duration.ZERO, Duration.ofHours(1));

  private final List<ParsedCollection> collections = Samples.collections();
  private final List<byte[]> middles = collections.stream().map(Samples::middle).toList();
  private final Ticker ticker = Ticker.system();
  private final BatchNumbers numbers = new BatchNumbers(Samples.writer());
  private final BatchQueue queue = new BatchQueue(LIMITS, numbers, ticker, 1);
  private final FrameEncoder encoder = new FrameEncoder(Codec.ZSTD);
  private final byte[] lines = Samples.lines(ID, collections, 0);
  private final Frame frame = Samples.frame(lines);
  private final MessageHeader header = Samples.header(ID, lines.length, frame);
  private final byte[] frameBytes = Arrays.copyOf(frame.bytes(), frame.length());
  private final byte[] messageBytes = MessageCodec.encode(header, frame).getBytes(US_ASCII);
  private final MessageDigest md5 = Samples.digest("MD5");
  private final MessageDigest sha256 = Samples.digest("SHA-256");
  private int next;

  /** From the hand-over to the answers, without the queue: lock, lines, listeners, receipts. */
  @Benchmark
  @OperationsPerInvocation(Samples.BATCH)
  public Batch packAndAnswer() throws InterruptedException {
    Moment now = ticker.now();
    for (int i = 0; i < Samples.BATCH; i++) {
      next = next + 1 == collections.size() ? 0 : next + 1;
      queue.add(
          new PendingCollection(collections.get(next), middles.get(next), now, pending -> {}));
    }
    Batch batch = Objects.requireNonNull(queue.take());
    numbers.sent(batch.id(), numbers.name());
    batch.end(
        true,
        failure -> {
          throw failure;
        });
    queue.recycle(batch);
    return batch;
  }

  /** zstd, level 1, and crc32c. */
  @Benchmark
  @OperationsPerInvocation(Samples.BATCH)
  public String compress() {
    return encoder.encode(lines, lines.length).crc32c();
  }

  /** Header, base64, text. */
  @Benchmark
  @OperationsPerInvocation(Samples.BATCH)
  public String message() {
    return MessageCodec.encode(header, frame);
  }

  /** Of the frame alone, as bytes. */
  @Benchmark
  @OperationsPerInvocation(Samples.BATCH)
  public byte[] base64() {
    return Base64.getEncoder().encode(frameBytes);
  }

  /** Of the message, as a queue tells it of what it has taken. */
  @Benchmark
  @OperationsPerInvocation(Samples.BATCH)
  public byte[] md5() {
    return md5.digest(messageBytes);
  }

  /** Of the message, as the signature of a call that carries it wants it. */
  @Benchmark
  @OperationsPerInvocation(Samples.BATCH)
  public byte[] sha256() {
    return sha256.digest(messageBytes);
  }

  /** Frees native memory. */
  @TearDown
  public void close() {
    encoder.close();
  }
}
