package io.millrace.benchmark;

/** Measures one scenario and exits with its code. */
final class Main {
  private static final String LOG_LEVEL = "millrace.log.level";

  private Main() {}

  public static void main(String... args) {
    // What was started must not outlive this process, whatever ends it.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () ->
                    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
    System.getProperties().putIfAbsent(LOG_LEVEL, "WARN");
    System.exit(BenchCommand.commandLine(System.getenv()).execute(BenchCommand.withScenario(args)));
  }
}
