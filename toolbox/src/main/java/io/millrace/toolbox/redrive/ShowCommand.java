package io.millrace.toolbox.redrive;

import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.terminal.StopSignal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code redrive show}: one dead letter. */
@Command(
    name = "show",
    description = "Shows one dead letter: attributes, header, and lines with their tokens masked.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Of what can't be decoded only lengths and the frame's first bytes are shown.",
      "Exit codes: 0 shown, 1 the queue could not be read, 2 wrong usage or no such",
      "id."
    })
final class ShowCommand implements Callable<Integer> {
  @Mixin private final QueueOption queue = new QueueOption();

  @Parameters(paramLabel = "ID", description = "As list tells it.")
  private String id = "";

  @Spec private @Nullable CommandSpec spec;

  private final Map<String, String> environment;

  ShowCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  @SuppressWarnings("try") // the signal is only held open
  public Integer call() throws InterruptedException {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    DeadLetterQueue letters = queue.openLetters(environment);
    try (StopSignal signal = new StopSignal(letters::stop);
        letters) {
      AtomicBoolean found = new AtomicBoolean();
      letters.visit(
          letter -> {
            if (letter.id().equals(id)) {
              found.set(true);
              command.getOut().print(LetterText.of(letter, Instant.now()));
              command.getOut().flush();
            }
            return !found.get();
          });
      if (!found.get()) {
        throw new ParameterException(command, LetterChoice.noSuchLetter(id));
      }
      return CommandLine.ExitCode.OK;
    }
  }
}
