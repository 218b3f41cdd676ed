package io.millrace.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmark.load.LoadCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArticleReportTest {
  private static final Latency LATENCY = new Latency(1, 2, 3, 4, 5);
  private static final LoadCounts COUNTS = new LoadCounts(10, 0, 0, 0, 0, Map.of(200, 10L));

  private final ArticleReport report =
      new ArticleReport(
          "2026-11-23T12:00:00Z",
          new Machine("os", 2, "cpu", 1 << 30, "jdk", "abc"),
          List.of("--rate", "5000"),
          5000,
          10,
          List.of(design("one", 40, 25), design("ours", 40, 42)));

  @Test
  void lost_isWhatWasAcknowledgedAndNotStored() {
    assertThat(report.designs()).extracting(DesignFigures::lost).containsExactly(15L, 0L);
  }

  @Test
  void rss_isOfTheDesignWithoutQueueAndStore() {
    assertThat(report.designs().get(0).rssBytes()).isEqualTo(5 << 20);
  }

  @Test
  void table_comparesWhatIsStoredWithOurs() {
    // stored/s of this one, and how many times as much the last one stores
    assertThat(report.table()).containsPattern("\\| one +\\| +1 \\| +2 \\| +3 \\|");
  }

  @Test
  void write_makesAllFourFiles(@TempDir Path folder) throws IOException {
    Path markdown = report.write(folder);
    assertThat(Files.readString(markdown))
        .contains(
            "| one ", "lost by kill -9, at least", "out of heap", "-latency.svg", "--rate 5000");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "article-20261123T120000Z.json",
              "article-20261123T120000Z.md",
              "article-20261123T120000Z-latency.svg",
              "article-20261123T120000Z-memory.svg");
    }
  }

  private static DesignFigures design(String name, long acknowledged, long stored) {
    Map<String, Long> rss = Map.of("web", 2L << 20, "worker", 3L << 20, "servers", 9L << 20);
    return new DesignFigures(
        name,
        1,
        name.equals("one") ? 2 : 6,
        LATENCY,
        COUNTS,
        acknowledged,
        stored,
        name.equals("one") ? "out of heap" : null,
        List.of(new Sample(1, 10, LATENCY, rss), new Sample(2, 10, LATENCY, rss)));
  }
}
