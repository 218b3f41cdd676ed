package io.millrace.benchmark.scenario;

import io.millrace.benchmark.body.BodySpec;
import io.millrace.benchmark.body.Encoding;
import io.millrace.benchmark.body.EventFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Collections of all sizes, as they are and compressed. */
@Command(
    name = "size",
    description = "Collections of 0.3 KB to 1 MB, compressed or not; real events with --input.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class SizeCommand implements Callable<Integer> {
  @Mixin private final BenchOptions options = new BenchOptions();

  /** Of all requests under way, so that large bodies are not refused for their sum. */
  private static final int UNDER_WAY_BYTES = 16 << 20;

  /** Of a generated payload. */
  private static final int EVENT_BYTES = 275;

  private static final List<Integer> SIZES = List.of(300, 1_000, 10_000, 100_000, 1_000_000);
  private static final List<Integer> EVENTS = List.of(1, 4, 40, 400);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return Bench.run(spec, options, this::measure);
  }

  private void measure(Bench bench) throws IOException, InterruptedException {
    List<BodySpec> bodies =
        options.input.isEmpty()
            ? SIZES.stream().map(bytes -> bodies(bytes, Math.max(1, bytes / EVENT_BYTES))).toList()
            : events();
    for (BodySpec plain : bodies) {
      measure(bench, plain);
      measure(bench, plain.encoded(compressed()));
    }
  }

  private void measure(Bench bench, BodySpec bodies) throws IOException, InterruptedException {
    String name = name(bodies);
    int connections = connections(options.oneConnections(), bodies.bytes());
    Case pipeline = options.toCase(name).with(bodies).withConnections(connections);
    Case bare = pipeline.named("bare, " + name).on(Case.TargetKind.BARE);
    bench.measure(bare);
    bench.measure(pipeline.beside(bare));
  }

  /**
   * As many as wanted, or fewer, so that not too many bytes are under way.
   *
   * @param bytes of a collection, unpacked
   */
  static int connections(int wanted, int bytes) {
    return Math.max(1, Math.min(wanted, UNDER_WAY_BYTES / bytes));
  }

  private List<BodySpec> events() throws IOException {
    List<BodySpec> bodies = new ArrayList<>();
    for (int events : EVENTS) {
      bodies.add(bodies(EventFiles.meanBytes(options.input, bodies(0, events)), events));
    }
    return bodies;
  }

  private String name(BodySpec bodies) {
    String size =
        options.input.isEmpty()
            ? String.format(Locale.ROOT, "%.1f KB", bodies.bytes() / 1000.0)
            : bodies.payloads() + " events";
    return size + (bodies.encoding() == Encoding.NONE ? "" : ", " + bodies.encoding().text());
  }

  private BodySpec bodies(int bytes, int payloads) {
    return new BodySpec(options.collections, bytes, payloads, Encoding.NONE, options.seed);
  }

  private Encoding compressed() {
    return options.encoding == Encoding.NONE ? Encoding.GZIP : options.encoding;
  }
}
