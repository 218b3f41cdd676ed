package io.millrace.benchmark.jmh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.benchmark.body.CollectionBody;
import io.millrace.codec.Line;
import io.millrace.web.parse.CollectionException;
import io.millrace.web.parse.CollectionParser;
import io.millrace.web.parse.ParsedCollection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a request's thread does with one collection: parse it, and write its lines. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EdgeBenchmark {
  private static final byte[] BATCH = (Samples.writer() + "-118").getBytes(ISO_8859_1);

  private final List<CollectionBody> bodies = Samples.bodies();
  private final List<ParsedCollection> collections = Samples.collections();
  private final CollectionParser parser = new CollectionParser(Samples.MAX_PAYLOADS);
  private final byte[] lines = new byte[1 << 20];
  private int next;

  /** UTF-8, JSON, fields, places of payloads, line ends and surrogates. */
  @Benchmark
  public ParsedCollection parse() throws CollectionException {
    CollectionBody body = bodies.get(turn());
    return parser.parse(body.bytes(), body.bytes().length, more -> true);
  }

  /** The 4 lines, with what they have in common made before. */
  @Benchmark
  public int writeLines() {
    ParsedCollection collection = collections.get(turn());
    byte[] middle = Samples.middle(collection);
    int end = 0;
    for (int i = 0; i < collection.payloads(); i++) {
      end = Line.write(BATCH, i, middle, collection.payload(i), lines, end);
    }
    return end;
  }

  private int turn() {
    next = next + 1 == bodies.size() ? 0 : next + 1;
    return next;
  }
}
