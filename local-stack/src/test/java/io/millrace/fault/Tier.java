package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final Kind WEB = new Kind("io.millrace.web.Main", "web");
  private static final Kind WORKER = new Kind("io.millrace.worker.Main", "worker");
  private static final Kind ERRING = new Kind("io.millrace.fault.ErringWorker", "worker");

  private final String name;
  private final Kind kind;
  private final Map<String, String> environment;
  private final int port;
  private final int adminPort;
  private final List<JavaProcess> processes = new ArrayList<>();

  private Tier(String name, Kind kind, Ports ports, Map<String, String> environment) {
    this.name = name;
    this.kind = kind;
    port = ports.free();
    adminPort = ports.free();
    this.environment = new HashMap<>(environment);
    this.environment.put("PORT", Integer.toString(port));
    this.environment.put("ADMIN_PORT", Integer.toString(adminPort));
  }

  /**
   * @param tier as its ready line names it
   */
  private record Kind(String main, String tier) {}

  /** A place for a web tier; nothing runs there yet. */
  static Tier web(int number, Ports ports, Map<String, String> environment) {
    return new Tier("web-" + number, WEB, ports, environment);
  }

  /** A place for a worker; nothing runs there yet. */
  static Tier worker(int number, Ports ports, Map<String, String> environment) {
    return new Tier("worker-" + number, WORKER, ports, environment);
  }

  /**
   * A place for a worker that {@link #makeError} works on.
   *
   * @param trigger a file that is not there
   */
  static Tier erringWorker(int number, Ports ports, Map<String, String> environment, Path trigger) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(ErringWorker.TRIGGER, trigger.toString());
    return new Tier("worker-" + number, ERRING, ports, more);
  }

  /** Starts a process; does not wait for it. */
  void start() throws IOException {
    processes.add(JavaProcess.start(kind.main(), HEAP, environment));
  }

  /** Waits until the process that was started last works. */
  void awaitReady() throws InterruptedException {
    current().await("\"ready\":\"" + kind.tier() + "\"");
  }

  /** SIGKILL. */
  void kill() {
    current().kill();
  }

  /** SIGTERM, after which it has to end in order. */
  void stop() throws InterruptedException {
    assertThat(current().terminate()).as("exit status of " + name).isZero();
  }

  /** Makes the next receive of an erring worker fail with an Error. */
  void makeError() throws IOException {
    Files.createFile(Path.of(environment.get(ErringWorker.TRIGGER)));
  }

  /** Waits until the current process has ended by itself. */
  void awaitEnd(int status) throws InterruptedException {
    assertThat(current().exitCode()).as("exit status of " + name).isEqualTo(status);
  }

  /** SIGSTOP. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** What the current process counts and measures. */
  Metrics metrics() {
    return new Metrics(URI.create("http://127.0.0.1:" + adminPort + "/metrics"));
  }

  /** Where it answers probes. */
  URI admin() {
    return URI.create("http://127.0.0.1:" + adminPort);
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
