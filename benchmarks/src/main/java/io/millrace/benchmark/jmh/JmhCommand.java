package io.millrace.benchmark.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench jmh}: the benchmarks of this package, with allocation rates. */
@Command(
    name = "jmh",
    description = "Measures the hot pieces one by one, with JMH: time and bytes a collection.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Prints JMH's own table; gc.alloc.rate.norm is bytes allocated for each",
      "collection.",
      "Exit codes: 0 done, 1 a benchmark failed, 2 wrong usage."
    })
public final class JmhCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Only benchmarks whose name has this, as a regular expression.")
  private String name = "";

  @Option(names = "--forks", paramLabel = "N", description = "JVMs for each, 1 or more.")
  private int forks = 1;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Of each of the 5 measured rounds; 3 for warm-up come before.")
  private int seconds = 2;

  @Option(names = "--save", paramLabel = "FILE", description = "Write JMH's JSON there, too.")
  private @Nullable Path save;

  @Override
  public Integer call() throws RunnerException, IOException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(Samples.class.getPackageName().replace(".", "\\.") + "\\..*" + name)
            .addProfiler(GCProfiler.class)
            .forks(forks)
            .warmupTime(TimeValue.seconds(seconds))
            .measurementTime(TimeValue.seconds(seconds))
            .shouldFailOnError(true);
    if (save != null) {
      Path folder = Objects.requireNonNullElse(save.toAbsolutePath().getParent(), Path.of("/"));
      Files.createDirectories(folder);
      options.resultFormat(ResultFormatType.JSON).result(save.toString());
    }
    new Runner(options.build()).run();
    return 0;
  }
}
