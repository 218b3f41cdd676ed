package io.millrace.fault;

import io.millrace.local.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The embedded queue and store, as {@code local --servers-only} in a process of their own. One
 * thread's own; closing it kills the process.
 */
final class Servers implements AutoCloseable {
  private static final String MAIN = "io.millrace.local.Main";
  private static final String HEAP = "512m";
  private static final String EXPORT = "export ";

  private final Path folder;
  private final boolean durable;
  private final int sqsPort;
  private final int s3Port;
  private final List<JavaProcess> processes = new ArrayList<>();

  private Servers(Path folder, Ports ports, boolean durable) {
    this.folder = folder;
    this.durable = durable;
    sqsPort = ports.free();
    s3Port = ports.free();
  }

  /**
   * Starts them and waits until they are up.
   *
   * @param durable whether the queue is on disk, as the store always is
   */
  static Servers start(Path folder, Ports ports, boolean durable)
      throws IOException, InterruptedException {
    Servers servers = new Servers(folder, ports, durable);
    try {
      servers.start();
      return servers;
    } catch (IOException | InterruptedException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** Starts them once more, at the same addresses, with what is on disk. */
  void start() throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--servers-only"));
    arguments.addAll(List.of("--data-dir", folder.toString()));
    arguments.addAll(List.of("--sqs-port", Integer.toString(sqsPort)));
    arguments.addAll(List.of("--s3-port", Integer.toString(s3Port)));
    if (durable) {
      arguments.add("--durable-queue");
    }
    processes.add(JavaProcess.start(MAIN, HEAP, Map.of(), arguments.toArray(String[]::new)));
    current().await(EXPORT + "BUCKET=");
  }

  /** SIGKILL. */
  void kill() {
    current().kill();
  }

  /** The environment by which others find them. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (String line : current().lines()) {
      if (line.startsWith(EXPORT)) {
        String[] pair = line.substring(EXPORT.length()).split("=", 2);
        environment.put(pair[0], pair[1]);
      }
    }
    return environment;
  }

  URI sqs() {
    return URI.create("http://127.0.0.1:" + sqsPort);
  }

  URI s3() {
    return URI.create("http://127.0.0.1:" + s3Port);
  }

  /** All that they printed. */
  List<String> log() {
    return processes.stream().flatMap(process -> process.lines().stream()).toList();
  }

  @Override
  public void close() {
    processes.forEach(JavaProcess::close);
  }

  private JavaProcess current() {
    return processes.get(processes.size() - 1);
  }
}
