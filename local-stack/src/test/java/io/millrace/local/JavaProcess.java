package io.millrace.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command of ours as a process of its own; closing it kills it. */
public final class JavaProcess implements AutoCloseable {
  /**
   * For processes that live for seconds: what the optimizing compiler would take is not won back.
   */
  static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private JavaProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts it on this test's class path.
   *
   * @param environment laid over this process's
   */
  static JavaProcess start(Class<?> main, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(main.getName(), "512m", environment, arguments);
  }

  /**
   * Starts it on this test's class path.
   *
   * @param main name of a class, which need not be public
   * @param heap most memory for the heap, as {@code 256m}
   * @param environment laid over this process's
   */
  public static JavaProcess start(
      String main, String heap, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SHORT_LIVED);
    command.addAll(List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
    builder.environment().putAll(environment);
    return new JavaProcess(builder.start());
  }

  /** Waits for a line that holds the pattern; returns its first group. */
  public synchronized String await(String pattern) throws InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int seen = 0;
    while (true) {
      for (; seen < lines.size(); seen++) {
        Matcher matcher = wanted.matcher(lines.get(seen));
        if (matcher.find()) {
          return matcher.group(matcher.groupCount());
        }
      }
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (ended || leftMs <= 0) {
        throw new IllegalStateException("no line with " + pattern + " in " + lines);
      }
      wait(leftMs);
    }
  }

  /** All that it printed so far. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** SIGTERM; returns the exit status. The process's own destroy() would close its output. */
  public int terminate() throws InterruptedException {
    process.toHandle().destroy();
    return exitCode();
  }

  /** Its id, for signals that Java knows no name for. */
  public long pid() {
    return process.pid();
  }

  /** Whether it has not ended yet. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("did not end within " + PATIENCE + ": " + lines());
    }
    return process.exitValue();
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  private void read() {
    try (BufferedReader out = process.inputReader(UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
