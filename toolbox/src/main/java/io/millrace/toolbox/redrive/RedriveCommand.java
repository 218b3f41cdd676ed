package io.millrace.toolbox.redrive;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code redrive}: looks at the dead letters, sends them back or drops them. */
@Command(
    name = "redrive",
    description = "Looks at the dead letters, sends them back or drops them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "The dead letters are in the queue <QUEUE_NAME>-dlq. While a command looks at",
      "them they are hidden from others: for 2 minutes more if it is killed with -9.",
      "AWS settings are the SDK's: AWS_REGION, AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL",
      "and its chain of credentials."
    })
public final class RedriveCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /**
   * The command with its subcommands.
   *
   * @param environment where QUEUE_NAME may be set
   */
  public static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new RedriveCommand())
        .addSubcommand(new ListCommand(environment))
        .addSubcommand(new ShowCommand(environment))
        .addSubcommand(new SendCommand(environment))
        .addSubcommand(new DropCommand(environment));
  }

  @Override
  public void run() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    throw new ParameterException(command, "say what to do: list, show, send or drop");
  }
}
