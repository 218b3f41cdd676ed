package io.millrace.toolbox;

import io.millrace.config.Durations;
import io.millrace.config.Rate;
import io.millrace.config.Usage;
import io.millrace.config.Version;
import io.millrace.toolbox.audit.AuditCommand;
import io.millrace.toolbox.cat.CatCommand;
import io.millrace.toolbox.find.FindCommand;
import io.millrace.toolbox.plan.PlanCommand;
import io.millrace.toolbox.post.PostCommand;
import io.millrace.toolbox.redrive.RedriveCommand;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line above the subcommands. Exit codes: 0 done, 1 not all done, 2 wrong usage. */
@Command(
    name = "millrace",
    description = "The tools of Millrace.",
    mixinStandardHelpOptions = true,
    subcommands = {PostCommand.class, PlanCommand.class})
public final class Toolbox {
  private static final int HELP_WIDTH = 80;

  /**
   * A new command line; without a subcommand it is a usage error.
   *
   * @param environment what commands may find their settings in
   */
  public static CommandLine commandLine(Map<String, String> environment) {
    CommandLine line = new CommandLine(new Toolbox());
    line.addSubcommand("cat", new CatCommand(environment));
    line.addSubcommand("find", new FindCommand(environment));
    line.addSubcommand("audit", new AuditCommand(environment));
    line.addSubcommand("redrive", RedriveCommand.commandLine(environment));
    Version.of(line);
    line.registerConverter(Duration.class, Durations::parse);
    line.registerConverter(Rate.class, Rate::parse);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setParameterExceptionHandler(Usage::refuse);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          String message = failure.getMessage();
          command.getErr().println(message == null ? failure.toString() : message);
          return 1;
        });
    return line;
  }
}
