package io.millrace.benchmark.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Long at a part of what the pipeline can do: whether memory or latency grow. */
@Command(
    name = "soak",
    description = "Long at 70 %% of what it can do, with memory and latency over time.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class SoakCommand implements Callable<Integer> {
  @Mixin private final BenchOptions options = new BenchOptions();

  @Option(names = "--minutes", paramLabel = "N", description = "How long.")
  private double minutes = 30;

  @Option(names = "--share", paramLabel = "S", description = "Of the measured ceiling.")
  private double share = 0.7;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return Bench.run(spec, options, this::measure);
  }

  private void measure(Bench bench) throws IOException, InterruptedException {
    Case any = options.toCase("");
    Case ceiling = any.named("ceiling").withRate(0);
    double rate = Math.floor(share * bench.measure(ceiling).load().requestsPerSecond());
    Case bare = any.named("bare").on(Case.TargetKind.BARE).withRate(rate);
    bench.measure(bare);
    Case soak =
        any.named("soak").withRate(rate).lasting(Duration.ofSeconds(Math.round(60 * minutes)));
    bench.measure(soak.beside(bare));
  }
}
