package io.millrace.benchmark.scenario;

import io.millrace.config.Rate;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What each further tier gives, and what a request costs over the offered load. */
@Command(
    name = "scale",
    description = "1, 2 and 4 workers on 1 and 2 web tiers; and the cost over the offered load.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ScaleCommand implements Callable<Integer> {
  @Mixin private final BenchOptions options = new BenchOptions();

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "R",
      showDefaultValue = Visibility.NEVER,
      description = "Offered loads, in the place of 10 to 35,000 requests a second.")
  private List<Rate> rates =
      DoubleStream.of(10, 100, 1e3, 5e3, 10e3, 15e3, 20e3, 25e3, 30e3, 35e3)
          .mapToObj(Rate::new)
          .toList();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return Bench.run(spec, options, this::measure);
  }

  private void measure(Bench bench) throws IOException, InterruptedException {
    Case any = options.toCase("");
    Case bare = any.named("bare").on(Case.TargetKind.BARE);
    bench.measure(bare);
    for (int webs : List.of(1, 2)) {
      for (int workers : List.of(1, 2, 4)) {
        String name = "%d web, %d worker".formatted(webs, workers);
        bench.measure(any.named(name).withTiers(webs, workers).beside(bare));
      }
    }
    for (Rate each : rates) {
      double rate = each.perSecond();
      Case offered = any.named("%.0f/s".formatted(rate)).withRate(rate);
      Case bareOffered = offered.named("bare, " + offered.name()).on(Case.TargetKind.BARE);
      bench.measure(bareOffered);
      bench.measure(offered.beside(bareOffered));
    }
  }
}
