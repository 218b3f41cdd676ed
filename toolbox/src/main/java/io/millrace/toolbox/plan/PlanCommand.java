package io.millrace.toolbox.plan;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plan}: what a rate takes on AWS, and costs. */
@Command(
    name = "plan",
    description = "Tells how many instances, calls and dollars a rate takes on AWS.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    modelTransformer = TierOptions.class,
    footer = {
      "",
      "Asks no service. A WARNING says which limit binds and which setting moves it.",
      "Exit codes: 0 done, 2 wrong usage."
    })
public final class PlanCommand implements Callable<Integer> {
  @Mixin private final LoadOptions load = new LoadOptions();
  @Mixin private final WebOptions web = new WebOptions();
  @Mixin private final WorkerOptions worker = new WorkerOptions();

  @Option(names = "--explain", description = "Show every figure, with its formula.")
  private boolean explain;

  @Option(names = "--table", description = "Show cost by rate of a node and LINGER_MS, too.")
  private boolean table;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandSpec options = Objects.requireNonNull(spec);
    CommandLine command = options.commandLine();
    Faults faults = new Faults();
    load.check(faults);
    web.check(faults);
    worker.check(faults);
    TierOptions.check(options, faults);
    if (!faults.isEmpty()) {
      throw new ParameterException(command, faults.toString());
    }
    Inputs inputs;
    try {
      inputs = inputs(options);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command, wrong.getMessage(), wrong);
    }
    Plan plan = Plan.of(inputs);
    CostTable costs = table ? CostTable.of(inputs) : null;
    PrintWriter out = command.getOut();
    if (json) {
      out.println(PlanJson.of(plan, costs));
      out.flush();
    } else {
      new PlanText(out, explain).print(plan, costs);
    }
    return CommandLine.ExitCode.OK;
  }

  private Inputs inputs(CommandSpec options) throws IOException {
    BenchFigures bench = BenchFigures.read(load.bench, load.benchRun);
    double compression = load.compression == null ? bench.compression() : load.compression;
    Prices prices = Prices.read(load.prices);
    double utilisation = load.utilisation / 100;
    return new Inputs(
        new Workload(
            Objects.requireNonNull(load.rate).perSecond(),
            load.collectionBytes,
            load.payloads,
            compression),
        bench,
        web.inputs(options, utilisation, load.networkBytes()),
        worker.inputs(options, utilisation, load.networkBytes()),
        new Inputs.Money(prices, load.keepDays, load.instanceHourUsd, load.sqsPath, load.zones));
  }
}
