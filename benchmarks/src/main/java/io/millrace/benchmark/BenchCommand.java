package io.millrace.benchmark;

import io.millrace.benchmark.article.ServeArticleCommand;
import io.millrace.benchmark.jmh.JmhCommand;
import io.millrace.benchmark.scenario.Scenarios;
import io.millrace.benchmark.serve.ServeCommand;
import io.millrace.config.Rate;
import io.millrace.config.Usage;
import io.millrace.config.Version;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line above the scenarios. Exit codes: 0 done, 1 failed or not all stored, 2 wrong
 * usage.
 */
@Command(
    name = "millrace bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[SCENARIO]",
    header = "Measures Millrace on this machine.",
    footer = {
      "",
      "Without a scenario it is "
          + Scenarios.DEFAULT
          + "; options of a scenario: bench SCENARIO --help",
      "Reports go to benchmarks/target/bench, as JSON and Markdown."
    })
final class BenchCommand {
  private static final int HELP_WIDTH = 80;

  /**
   * A new command line.
   *
   * @param environment settings for what is served
   */
  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine line = new CommandLine(new BenchCommand());
    Scenarios.commands().forEach(line::addSubcommand);
    line.addSubcommand(new JmhCommand());
    line.addSubcommand(new ServeCommand(environment));
    line.addSubcommand(new ServeArticleCommand(environment));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(HELP_WIDTH);
    Version.of(line);
    line.registerConverter(Rate.class, Rate::parse);
    line.setParameterExceptionHandler(Usage::refuse);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          String message = failure.getMessage();
          command.getErr().println(message == null ? failure.toString() : message);
          return 1;
        });
    return line;
  }

  /** The arguments with the default scenario, if they name none. */
  static String[] withScenario(String... args) {
    boolean named = args.length > 0 && !args[0].startsWith("-");
    if (named || (args.length > 0 && (args[0].equals("-h") || args[0].equals("--help")))) {
      return args;
    }
    String[] all = new String[args.length + 1];
    all[0] = Scenarios.DEFAULT;
    System.arraycopy(args, 0, all, 1, args.length);
    return all;
  }
}
