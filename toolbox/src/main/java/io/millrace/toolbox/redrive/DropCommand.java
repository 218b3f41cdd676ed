package io.millrace.toolbox.redrive;

import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.terminal.StopSignal;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code redrive drop}: deletes letters for good. */
@Command(
    name = "drop",
    description = "Deletes dead letters for good: what they hold is lost.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Without --yes it only says what would be dropped.",
      "Exit codes: 0 all dropped, 1 not all, 2 wrong usage or no such id."
    })
final class DropCommand implements Callable<Integer> {
  @Mixin private final QueueOption queue = new QueueOption();
  @Mixin private final LetterChoice choice = new LetterChoice();
  @Spec private @Nullable CommandSpec spec;

  private final Map<String, String> environment;

  DropCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  @SuppressWarnings("try") // the signal is only held open
  public Integer call() throws InterruptedException {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    choice.check(command);
    DeadLetterQueue letters = queue.openLetters(environment);
    try (StopSignal signal = new StopSignal(letters::stop);
        letters) {
      LetterAction action = choice.isMeant() ? new Drop(letters) : new DryRun("would be dropped");
      return new LetterRun(letters, choice, action, command.getOut(), command.getErr()).run();
    }
  }
}
