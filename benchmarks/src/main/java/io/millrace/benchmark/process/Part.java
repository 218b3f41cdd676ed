package io.millrace.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the system as a process of its own; what it prints goes to a file, so that nobody has
 * to read along. One thread's own; closing it kills the process.
 */
public final class Part implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofMinutes(2);
  private static final long LOOK_EVERY_MS = 20;

  private final String name;
  private final Process process;
  private final Path log;

  private Part(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param name in figures and messages, as {@code web}
   * @param jvmOptions as {@code -Xmx256m}; a flag of the command itself is stronger
   * @param environment laid over this process's
   * @param log file for what it prints
   */
  static Part start(
      String name,
      List<String> command,
      String jvmOptions,
      Map<String, String> environment,
      Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("MILLRACE_"));
    builder.environment().put("JDK_JAVA_OPTIONS", jvmOptions);
    builder.environment().putAll(environment);
    return new Part(name, builder.redirectOutput(log.toFile()).start(), log);
  }

  /**
   * Waits for a line that holds the pattern; returns its first group.
   *
   * @throws IOException if it ends before, or takes too long; with what it printed
   */
  String await(Pattern line) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      boolean alive = process.isAlive();
      Matcher found = line.matcher(Files.readString(log));
      if (found.find()) {
        return found.group(found.groupCount());
      }
      if (!alive || System.nanoTime() > deadline) {
        throw new IOException(name + " did not start: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
  }

  /** In figures and messages. */
  public String name() {
    return name;
  }

  /** Whether it still runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** All that it printed. */
  String printed() throws IOException {
    return Files.readString(log);
  }

  /** Bytes of all that it printed. */
  long printedBytes() throws IOException {
    return Files.size(log);
  }

  /** Whether it was given an argument that begins so, by whatever started it last. */
  boolean hasArgument(String beginning) {
    return process.info().arguments().stream()
        .flatMap(Arrays::stream)
        .anyMatch(argument -> argument.startsWith(beginning));
  }

  /** What the operating system tells of it now. */
  public ProcessUsage usage() {
    return ProcessUsage.of(process.toHandle());
  }

  /**
   * SIGTERM, after which it has to end in order.
   *
   * @throws IOException if it does not, or with another exit status than 0
   */
  void stop() throws IOException, InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(STOP.toMinutes(), TimeUnit.MINUTES)) {
      throw new IOException(name + " did not end within " + STOP);
    }
    // 143 is SIGTERM for a process without a shutdown hook that sets another.
    if (process.exitValue() != 0 && process.exitValue() != 143) {
      throw new IOException(name + " ended with " + process.exitValue() + ": " + printed());
    }
  }

  /** SIGKILL; returns when the process is gone. */
  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
