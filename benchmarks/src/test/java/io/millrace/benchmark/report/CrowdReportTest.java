package io.millrace.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmark.load.NormalClient.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrowdReportTest {
  @Test
  void faults_allServed_areNone() {
    assertThat(report(true, new Answers(30, 0, 1999)).faults()).isEmpty();
  }

  @Test
  void faults_endedOrRefusedOrSlow_areNamed() {
    assertThat(report(false, new Answers(30, 1, 2001)).faults())
        .containsExactly(
            "the web tier did not survive",
            "depth: the normal client got 202 30 times and 1 times not",
            "depth: the normal client waited 2,001 ms");
  }

  @Test
  void faults_clientWithoutAnAnswer_areNamed() {
    assertThat(report(true, new Answers(0, 0, 0)).faults())
        .containsExactly("depth: the normal client got 202 0 times and 0 times not");
  }

  @Test
  void write_report_hasTableAndVerdict(@TempDir Path folder) throws IOException {
    String written = Files.readString(report(true, new Answers(30, 0, 250)).write(folder));

    assertThat(written)
        .contains("| depth  |        413: 9 |         30 |      0 |        250 |           200 |")
        .contains(
            "400 connections, heap 256m: survived; normal client: 30 times 202, 0 others, slowest"
                + " 250 ms; heap peak 200 MiB");
  }

  private static CrowdReport report(boolean survived, Answers normal) {
    return new CrowdReport(
        "2026-11-30T00:00:00Z",
        new Machine("os", 2, "processor", 1L << 30, "jdk", "abc"),
        List.of(),
        400,
        "256m",
        survived,
        List.of(new CrowdFigures("depth", "413: 9", normal, 200 << 20)));
  }
}
