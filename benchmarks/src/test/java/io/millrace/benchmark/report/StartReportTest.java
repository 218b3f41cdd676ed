package io.millrace.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmark.process.TierStarts.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartReportTest {
  private final StartReport report =
      new StartReport(
          "2026-11-23T12:00:00Z",
          new Machine("os", 2, "cpu", 1 << 30, "jdk", "abc"),
          List.of("--starts", "3"),
          List.of(
              figures(new Start(2.5, 3, false), new Start(1.5, 4, false), new Start(3, 2, false)),
              figures(new Start(0.5, 1, true), new Start(0.75, 1, true), new Start(1, 1, true)),
              figures(new Start(0.5, 1, true), new Start(0.75, 1, false))));

  @Test
  void table_everyWay_hasMedianAndRange() {
    assertThat(report.table())
        .containsPattern("\\| web +\\| +way \\| +no \\| +3 \\| +2.50 \\| +1.50 \\| +3.00 \\| +3.00")
        .containsPattern(
            "\\| web +\\| +way \\| +yes \\| +3 \\| +0.75 \\| +0.50 \\| +1.00 \\| +1.00");
  }

  @Test
  void figures_oneStartWithoutArchive_isNotWithArchive() {
    assertThat(report.starts())
        .extracting(StartFigures::withArchive)
        .containsExactly(false, true, false);
  }

  @Test
  void write_makesBothFiles(@TempDir Path folder) throws IOException {
    Path markdown = report.write(folder);
    assertThat(Files.readString(markdown)).contains("# bench start", "--starts 3", "| web ");
    JsonNode json =
        new ObjectMapper().readTree(folder.resolve("start-20261123T120000Z.json").toFile());
    assertThat(json.at("/starts/1/medianSeconds").asDouble()).isEqualTo(0.75);
    assertThat(json.at("/starts/0/seconds")).hasSize(3);
  }

  private static StartFigures figures(Start... starts) {
    return StartFigures.of("web", "way", List.of(starts));
  }
}
