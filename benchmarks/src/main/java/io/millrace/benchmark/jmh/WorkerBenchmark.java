package io.millrace.benchmark.jmh;

import com.github.luben.zstd.Zstd;
import io.millrace.codec.Frame;
import io.millrace.codec.FrameWalk;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.codec.MessageHeader;
import io.millrace.model.BatchId;
import io.millrace.model.Claim;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.model.ObjectKeys;
import io.millrace.web.parse.ParsedCollection;
import io.millrace.worker.roll.ClosedRoll;
import io.millrace.worker.roll.ClosedRoll.CloseCause;
import io.millrace.worker.roll.ClosedRoll.RollKey;
import io.millrace.worker.settle.HeldBatch;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** What the worker does with batches, told for one collection: check them, make a roll of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class WorkerBenchmark {
  /** Of a roll of 16 MiB, about. */
  private static final int BATCHES = 50;

  private static final int OVERLAP = 37;

  private final List<String> bodies = new ArrayList<>();
  private final List<HeldBatch> batches = new ArrayList<>();
  private final ObjectKeys keys = new ObjectKeys("raw/");
  private int next;

  /** Makes the messages of a roll. */
  public WorkerBenchmark() {
    List<ParsedCollection> collections = Samples.collections();
    String writer = Samples.writer();
    for (int i = 0; i < BATCHES; i++) {
      BatchId id = new BatchId(writer, i + 1L);
      byte[] lines = Samples.lines(id, collections, i * OVERLAP);
      Frame frame = Samples.frame(lines);
      MessageHeader header = Samples.header(id, lines.length, frame);
      bodies.add(MessageCodec.encode(header, frame));
      batches.add(new HeldBatch(header, frame, "handle-" + i, Claim.NONE, null));
    }
  }

  /** Header, base64, crc32c, the walk through the frame. */
  @Benchmark
  @OperationsPerInvocation(Samples.BATCH)
  public Decoded check() throws UndecodableException {
    next = next + 1 == bodies.size() ? 0 : next + 1;
    return MessageCodec.decode(bodies.get(next));
  }

  /** What {@link #check} does to the frame alone: headers of frame and blocks. */
  @Benchmark
  @OperationsPerInvocation(Samples.BATCH)
  public int walk() throws UndecodableException {
    HeldBatch batch = nextBatch();
    byte[] frame = batch.frame().bytes();
    FrameWalk.check(Codec.ZSTD, frame, batch.header().bytes());
    return frame.length;
  }

  /** What a check of each byte would take in its place. */
  @Benchmark
  @OperationsPerInvocation(Samples.BATCH)
  public byte[] unpack() {
    HeldBatch batch = nextBatch();
    return Zstd.decompress(batch.frame().bytes(), batch.header().bytes());
  }

  private HeldBatch nextBatch() {
    next = next + 1 == batches.size() ? 0 : next + 1;
    return batches.get(next);
  }

  /** Manifest as JSON, and the object's content, whose frames are not copied. */
  @Benchmark
  @OperationsPerInvocation(Samples.BATCH * BATCHES)
  public long roll() {
    MessageHeader first = batches.get(0).header();
    Hour hour = Hour.of(first.opened());
    ClosedRoll roll =
        new ClosedRoll(
            new RollKey(hour, Codec.ZSTD), batches, CloseCause.SIZE, first.opened() + 1000);
    String key = keys.data(hour, roll.closedMs(), "worker", 1, Codec.ZSTD);
    return roll.manifest(key).toJson().length + roll.content().length();
  }
}
