package io.millrace.benchmark.scenario;

import io.millrace.benchmark.process.Checkout;
import io.millrace.benchmark.report.Medians;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two checkouts turn by turn, so that what else the machine does falls on both. */
@Command(
    name = "compare",
    description = "This checkout and another one, turn by turn, and the medians.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class CompareCommand implements Callable<Integer> {
  @Mixin private final BenchOptions options = new BenchOptions();

  @Parameters(paramLabel = "OTHER-CHECKOUT", description = "Folder of the other checkout.")
  private Path other = Path.of("");

  @Option(names = "--rounds", paramLabel = "N", description = "How often each is measured.")
  private int rounds = 5;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return Bench.run(spec, options, this::measure);
  }

  private void measure(Bench bench) throws IOException, InterruptedException {
    Checkout others = Checkout.at(other);
    others.build();
    Case any = options.toCase("");
    Case bare = any.named("bare").on(Case.TargetKind.BARE);
    bench.measure(bare);
    for (int round = 1; round <= rounds; round++) {
      bench.measure(any.named("other " + round).beside(bare), others);
      bench.measure(any.named("this " + round).beside(bare));
    }
    bench.out().print(Medians.table(bench.runs(), List.of("other", "this")));
  }
}
