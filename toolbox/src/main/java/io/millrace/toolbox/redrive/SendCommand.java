package io.millrace.toolbox.redrive;

import io.millrace.config.Rate;
import io.millrace.queue.MessageQueue;
import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.terminal.StopSignal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code redrive send}: puts letters back on the main queue. */
@Command(
    name = "send",
    description = "Sends dead letters back to the main queue, marked as sent before.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Without --yes it only says what would be sent. A letter is deleted after the",
      "queue has it. Sending twice makes no double: a worker looks whether the batch",
      "is stored. What can't be decoded is sent as it is; a worker that can't use it",
      "moves it back.",
      "Exit codes: 0 all sent, 1 not all, 2 wrong usage or no such id."
    })
final class SendCommand implements Callable<Integer> {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** Of --rate; slower than this, letters might not stay hidden until their turn. */
  private static final double SLOWEST = 0.1;

  private static final double FASTEST = 1000;

  @Mixin private final QueueOption queue = new QueueOption();
  @Mixin private final LetterChoice choice = new LetterChoice();

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "10/s",
      description = "Letters, 0.1/s to 1000/s: 10/s, 10 (a second), 600/min.")
  private Rate rate = new Rate(10);

  @Spec private @Nullable CommandSpec spec;

  private final Map<String, String> environment;

  SendCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  @SuppressWarnings("try") // the signal is only held open
  public Integer call() throws InterruptedException {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    choice.check(command);
    double perSecond = rate.perSecond();
    if (!(perSecond >= SLOWEST && perSecond <= FASTEST)) {
      throw new ParameterException(
          command, "--rate is " + perSecond + " a second, not from 0.1 to 1000");
    }
    MessageQueue target = queue.openQueue(environment);
    DeadLetterQueue letters = queue.openLetters(environment);
    try (StopSignal signal = new StopSignal(letters::stop);
        target;
        letters) {
      LetterAction action = choice.isMeant() ? sendBack(target, letters) : dryRun();
      return new LetterRun(letters, choice, action, command.getOut(), command.getErr()).run();
    }
  }

  private SendBack sendBack(MessageQueue target, DeadLetterQueue letters) {
    Ticker ticker = Ticker.system();
    Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, new Random());
    return new SendBack(target, letters, new Pauses(ticker, rate.perSecond()), backoff, ticker);
  }

  private DryRun dryRun() {
    return new DryRun("would be sent to " + queue.name(environment));
  }
}
