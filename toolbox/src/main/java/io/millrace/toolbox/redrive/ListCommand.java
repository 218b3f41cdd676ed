package io.millrace.toolbox.redrive;

import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.terminal.StopSignal;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code redrive list}: what lies among the dead letters. */
@Command(
    name = "list",
    description = "Lists the dead letters, those moved first on top.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The time is when a worker moved it, or, where the queue's redrive policy did,",
      "when it was sent. Bytes are those of the message.",
      "Exit codes: 0 listed, 1 the queue could not be read or counted, 2 wrong usage."
    })
final class ListCommand implements Callable<Integer> {
  @Mixin private final QueueOption queue = new QueueOption();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Only those whose reason holds it.")
  private String reason = "";

  @Option(names = "--json", description = "One JSON document instead of a table.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  private final Map<String, String> environment;

  ListCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  @SuppressWarnings("try") // the signal is only held open
  public Integer call() throws IOException, InterruptedException {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    DeadLetterQueue letters = queue.openLetters(environment);
    try (StopSignal signal = new StopSignal(letters::stop);
        letters) {
      LetterList list = LetterList.read(letters, reason);
      return list.print(command.getOut(), command.getErr(), json, Instant.now());
    }
  }
}
