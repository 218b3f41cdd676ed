package io.millrace.toolbox.post;

import io.millrace.time.Ticker;
import io.millrace.toolbox.terminal.StopSignal;
import io.millrace.toolbox.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code post}: sends NDJSON files to the web tier and tells how that went. */
@Command(
    name = "post",
    description = "Sends the lines of NDJSON files as collections.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Payloads are sent byte for byte. A collection never spans two files. 429, 5xx",
      "and lost answers are tried again, Retry-After is honoured; any other answer is",
      "final. Where an answer was lost, the further try may store a second copy; with",
      "--keys a reader can drop it. The first collection goes ahead alone; the rate's",
      "clock starts with its answer. Latency runs from the moment a collection was",
      "meant to be sent to its 202.",
      "Exit codes: 0 all accepted, 1 not all accepted, 2 wrong usage."
    })
public final class PostCommand implements Callable<Integer> {
  @Mixin private final PostOptions options = new PostOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  @SuppressWarnings("try") // the signal is only held open
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    List<String> faults = options.faults();
    if (!faults.isEmpty()) {
      throw new ParameterException(command.commandLine(), String.join("\n", faults));
    }
    PostRun run = new PostRun(options, Ticker.system(), new Random(), System.in);
    try (StopSignal signal = new StopSignal(run::stop)) {
      Summary summary = watched(run, command.commandLine().getErr());
      command.commandLine().getOut().print(summary.text());
      command.commandLine().getOut().flush();
      return summary.complete() ? 0 : 1;
    } catch (FileAlreadyExistsException exists) {
      throw new IOException(exists.getFile() + " exists; add to it with --append", exists);
    }
  }

  @SuppressWarnings("try") // the line is only held open
  private static Summary watched(PostRun run, PrintWriter err)
      throws IOException, InterruptedException {
    if (!Terminal.isStderr()) {
      return run.run();
    }
    try (ProgressLine progress = ProgressLine.start(err, run)) {
      return run.run();
    }
  }
}
