package io.millrace.benchmark.scenario;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The default: one setting, the bare handler and the whole pipeline. */
@Command(
    name = "pipeline",
    description = "The whole pipeline at one setting, beside a bare handler.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class PipelineCommand implements Callable<Integer> {
  @Mixin private final BenchOptions options = new BenchOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return Bench.run(spec, options, this::measure);
  }

  private void measure(Bench bench) throws IOException, InterruptedException {
    Case pipeline = options.toCase("pipeline");
    Case bare = pipeline.named("bare").on(Case.TargetKind.BARE);
    bench.measure(bare);
    bench.measure(pipeline.beside(bare));
  }
}
