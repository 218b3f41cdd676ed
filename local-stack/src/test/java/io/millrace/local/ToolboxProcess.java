package io.millrace.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of the toolbox that ran as a process of its own.
 *
 * @param exitCode as it ended
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record ToolboxProcess(int exitCode, String out, String err) {
  private static final long PATIENCE_SECONDS = 60;

  /**
   * Runs one on this test's class path.
   *
   * @param environment laid over this process's
   */
  static ToolboxProcess run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaProcess.SHORT_LIVED);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(io.millrace.toolbox.Main.class.getName());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("toolbox", ".out");
    Path err = Files.createTempFile("toolbox", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().onExit().join();
        throw new IllegalStateException("did not end: " + Files.readString(err));
      }
      return new ToolboxProcess(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
