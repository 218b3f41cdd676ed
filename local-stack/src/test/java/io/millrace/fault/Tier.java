package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The place of one web tier or worker: its ports stay, the process there is killed and started
 * anew. One thread's own; closing it kills the process.
 */
final class Tier implements AutoCloseable {
  private static final String HEAP = "256m";

  private final String name;
  private final String main;
  private final String ready;
  private final Map<String, String> environment;
  private final int port = Ports.free();
  private final int adminPort = Ports.free();
  private final List<JavaProcess> processes = new ArrayList<>();

  private Tier(String name, String main, String ready, Map<String, String> environment) {
    this.name = name;
    this.main = main;
    this.ready = ready;
    this.environment = new HashMap<>(environment);
    this.environment.put("PORT", Integer.toString(port));
    this.environment.put("ADMIN_PORT", Integer.toString(adminPort));
  }

  /** A place for a web tier; nothing runs there yet. */
  static Tier web(int number, Map<String, String> environment) {
    return new Tier("web-" + number, "io.millrace.web.Main", "takes collections", environment);
  }

  /** A place for a worker; nothing runs there yet. */
  static Tier worker(int number, Map<String, String> environment) {
    return new Tier("worker-" + number, "io.millrace.worker.Main", "writes to", environment);
  }

  /** Starts a process; does not wait for it. */
  void start() throws IOException {
    processes.add(JavaProcess.start(main, HEAP, environment));
  }

  /** Waits until the process that was started last works. */
  void awaitReady() throws InterruptedException {
    current().await(ready);
  }

  /** SIGKILL. */
  void kill() {
    current().kill();
  }

  /** SIGTERM, after which it has to end in order. */
  void stop() throws InterruptedException {
    assertThat(current().terminate()).as("exit status of " + name).isZero();
  }

  /** SIGSTOP. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** Whether a process runs there. */
  boolean isAlive() {
    return !processes.isEmpty() && current().isAlive();
  }

  /** What the current process counts and measures. */
  Metrics metrics() {
    return new Metrics(URI.create("http://127.0.0.1:" + adminPort + "/metrics"));
  }

  /** Where it takes requests, if it is a web tier. */
  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  String name() {
    return name;
  }

  /** All that its processes printed, one after the other. */
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

  private void signal(String signal) throws IOException, InterruptedException {
    String pid = Long.toString(current().pid());
    int status = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
    assertThat(status).as("kill -" + signal + " of " + name).isZero();
  }
}
