package io.millrace.benchmark.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Where a run was measured.
 *
 * @param cores that the JVM sees
 * @param processor its model; empty if the system does not tell
 * @param commit of the checkout, with {@code +} if files were changed since; empty if git does not
 *     tell
 */
public record Machine(
    String os, int cores, String processor, long memoryBytes, String jdk, String commit) {
  private static final double GIB = 1 << 30;

  /** This one. */
  public static Machine here(Path checkout) {
    var os = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return new Machine(
        os.getName() + " " + os.getVersion() + " " + os.getArch(),
        os.getAvailableProcessors(),
        cpuModel(),
        os.getTotalMemorySize(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        commit(checkout));
  }

  /** In one line of a report. */
  String text() {
    return "%s; %d cores, %.1f GiB, %s; %s; commit %s"
        .formatted(processor, cores, memoryBytes / GIB, os, jdk, commit);
  }

  private static String cpuModel() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static String commit(Path checkout) {
    String commit = git(checkout, "rev-parse", "--short=12", "HEAD");
    boolean changed = !git(checkout, "status", "--porcelain", "--untracked-files=no").isEmpty();
    return commit + (changed ? "+" : "");
  }

  private static String git(Path checkout, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process git =
          new ProcessBuilder(command)
              .directory(checkout.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String printed = new String(git.getInputStream().readAllBytes(), UTF_8);
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? printed.strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
