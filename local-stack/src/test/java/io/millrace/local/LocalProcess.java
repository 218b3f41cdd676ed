package io.millrace.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code local --servers-only} as a process of its own; closing it kills it. */
final class LocalProcess implements AutoCloseable {
  private static final String EXPORT = "export ";

  /** The last line of the banner. */
  private static final String LAST = "BUCKET";

  private final Process process;
  private final Map<String, String> exports = new HashMap<>();

  private LocalProcess(Process process) {
    this.process = process;
  }

  /** Starts it on any free ports and waits until it is up. */
  static LocalProcess start(Path dataDir, String... options) throws IOException {
    var local = new LocalProcess(launch(dataDir, options));
    BufferedReader out = local.process.inputReader(UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(EXPORT)) {
        String[] pair = line.substring(EXPORT.length()).split("=", 2);
        local.exports.put(pair[0], pair[1]);
      }
      if (local.exports.containsKey(LAST)) {
        return local;
      }
    }
    throw new IOException("expected the servers' banner, found the end of the output");
  }

  /** Starts it without waiting. */
  static Process launch(Path dataDir, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaProcess.SHORT_LIVED);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("--servers-only", "--data-dir", dataDir.toString()));
    command.addAll(List.of("--sqs-port", "0", "--s3-port", "0"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The environment that it prints for the tiers. */
  Map<String, String> exports() {
    return Map.copyOf(exports);
  }

  URI sqs() {
    return URI.create(exports.get("AWS_ENDPOINT_URL_SQS"));
  }

  URI s3() {
    return URI.create(exports.get("AWS_ENDPOINT_URL_S3"));
  }

  /** SIGTERM; returns the exit status. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("expected the process to stop within 30 s");
    }
    return process.exitValue();
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
