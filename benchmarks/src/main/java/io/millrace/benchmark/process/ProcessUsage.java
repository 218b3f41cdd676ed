package io.millrace.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the operating system tells of a process.
 *
 * @param cpu of all its threads since its start, by the kernel's ticks of 10 ms
 * @param rssBytes memory in use now; empty where there is no /proc
 * @param peakRssBytes the most so far
 */
public record ProcessUsage(Duration cpu, OptionalLong rssBytes, OptionalLong peakRssBytes) {
  private static final Pattern RSS = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

  static ProcessUsage of(ProcessHandle process) {
    String status = status(process.pid());
    return new ProcessUsage(
        process.info().totalCpuDuration().orElse(Duration.ZERO),
        bytes(RSS, status),
        bytes(PEAK, status));
  }

  /** This process itself: the load generator. */
  public static ProcessUsage own() {
    return of(ProcessHandle.current());
  }

  private static OptionalLong bytes(Pattern line, String status) {
    Matcher found = line.matcher(status);
    return found.find()
        ? OptionalLong.of(Long.parseLong(found.group(1)) * 1024)
        : OptionalLong.empty();
  }

  private static String status(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/status"));
    } catch (IOException e) {
      return "";
    }
  }
}
