package io.millrace.benchmark.scenario;

import io.millrace.benchmark.process.Checkout;
import io.millrace.benchmark.process.TierStarts;
import io.millrace.benchmark.process.TierStarts.Start;
import io.millrace.benchmark.process.TierStarts.Tier;
import io.millrace.benchmark.report.Machine;
import io.millrace.benchmark.report.StartFigures;
import io.millrace.benchmark.report.StartReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** From the start of a tier to ready, by its jar alone and by the launcher, turn by turn. */
@Command(
    name = "start",
    description = "From start to ready, by the jar alone and with the class-data archive.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class StartCommand implements Callable<Integer> {
  @Option(names = "--starts", paramLabel = "N", description = "Of each tier in each way.")
  private int starts = 11;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      showDefaultValue = Visibility.NEVER,
      description = "Where the reports go; benchmarks/target/bench without it.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (starts < 1 || starts > 1000) {
      throw new ParameterException(spec.commandLine(), "--starts must be 1 to 1000: " + starts);
    }
    Checkout checkout = Checkout.at(Folders.checkout());
    checkout.build();
    Path folder = Files.createTempDirectory("millrace-bench");
    List<StartFigures> figures = new ArrayList<>();
    try (TierStarts tiers = TierStarts.open(checkout, folder)) {
      for (Tier tier : Tier.values()) {
        figures.addAll(measure(tiers, tier));
      }
    } finally {
      Folders.delete(folder);
    }
    report(checkout, figures);
    return 0;
  }

  private List<StartFigures> measure(TierStarts tiers, Tier tier)
      throws IOException, InterruptedException {
    PrintWriter told = spec.commandLine().getOut();
    told.printf("%s: %d starts in each way …%n", tier.command(), starts);
    told.flush();
    List<Start> byJar = new ArrayList<>();
    List<Start> byLauncher = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      byJar.add(tiers.byJar(tier));
      byLauncher.add(tiers.byLauncher(tier));
    }
    return List.of(
        StartFigures.of(tier.command(), "java -jar", byJar),
        StartFigures.of(tier.command(), "./millrace", byLauncher));
  }

  private void report(Checkout checkout, List<StartFigures> figures) throws IOException {
    StartReport report =
        new StartReport(
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Machine.here(checkout.root()),
            spec.commandLine().getParseResult().originalArgs(),
            figures);
    Path written =
        report.write(out == null ? checkout.root().resolve("benchmarks/target/bench") : out);
    PrintWriter told = spec.commandLine().getOut();
    told.println();
    told.print(report.table());
    told.println();
    told.println("Written to " + written + " and .json");
    told.flush();
  }
}
