package io.millrace.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A checkout of Millrace, whose launcher starts its parts with its own jars and flags.
 *
 * @param root the folder with the launcher
 */
public record Checkout(Path root) {
  private static final long BUILD_MINUTES = 10;

  /**
   * Checks that there is a launcher.
   *
   * @throws IOException if there is none
   */
  public static Checkout at(Path root) throws IOException {
    Checkout checkout = new Checkout(root.toRealPath());
    if (!Files.isExecutable(checkout.launcher())) {
      throw new IOException("no checkout of Millrace, as there is no launcher in " + root);
    }
    return checkout;
  }

  /** Builds what is missing or older than its sources, so that no start has to wait for it. */
  public void build() throws IOException, InterruptedException {
    for (String part : List.of("local", "web", "worker")) {
      Process help =
          new ProcessBuilder(command(part, "--help"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (!help.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || help.exitValue() != 0) {
        help.destroy();
        throw new IOException("millrace " + part + " can't be built or started in " + root);
      }
    }
  }

  /** The command line of one of the launcher's commands. */
  List<String> command(String part, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher().toString(), part));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The command line of a module's jar alone, on the JVM of this process. */
  List<String> jarCommand(String module) {
    Path jar = root.resolve(module).resolve("target").resolve(module + ".jar");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(java.toString(), "-jar", jar.toString());
  }

  private Path launcher() {
    return root.resolve("millrace");
  }
}
