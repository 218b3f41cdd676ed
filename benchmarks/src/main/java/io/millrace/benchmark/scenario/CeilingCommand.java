package io.millrace.benchmark.scenario;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How fast each can go: the bare handler, the web tier on an instant queue, and all of it. */
@Command(
    name = "ceiling",
    description = "What a bare handler, the web tier alone and the whole pipeline can do.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class CeilingCommand implements Callable<Integer> {
  @Mixin private final BenchOptions options = new BenchOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return Bench.run(spec, options, this::measure);
  }

  private void measure(Bench bench) throws IOException, InterruptedException {
    for (int connections : options.connectionsOr(64, 256, 1024)) {
      Case any = options.toCase("").withConnections(connections);
      Case bare = any.named("bare, " + connections).on(Case.TargetKind.BARE);
      bench.measure(bare);
      bench.measure(
          any.named("web alone, " + connections).on(Case.TargetKind.INSTANT).beside(bare));
      bench.measure(any.named("pipeline, " + connections).beside(bare));
    }
  }
}
