package io.millrace.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmark.load.LoadCounts;
import io.millrace.benchmark.process.PipelineSpec;
import io.millrace.toolbox.plan.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final RunFigures BARE = run("bare", null, 40_000, 20.0, null);
  private static final RunFigures PIPELINE =
      run("pipeline", "bare", 10_000, 50.0, new StoredFigures(400, 0, 400, 0));

  @Test
  void text_everyFigure_standsBesideItsReference() {
    assertThat(row(new MarkdownReport(report(BARE, PIPELINE)).text(), "pipeline", 0))
        .containsExactly(
            "pipeline",
            "512",
            "closed loop",
            "10,000",
            "0.25",
            "40,000",
            "1.0",
            "2.0",
            "3.0",
            "4.0",
            "5.0",
            "3",
            "400");
    assertThat(row(new MarkdownReport(report(BARE, PIPELINE)).text(), "pipeline", 1))
        .containsExactly(
            "pipeline",
            "50.0",
            "2.50",
            "5.0",
            "0.10",
            "–",
            "–",
            "2.0",
            "256",
            "–",
            "5.00",
            "0.10",
            "0.20",
            "0.03",
            "0.10",
            "0.0030");
  }

  @Test
  void text_reference_hasNoneItself() {
    assertThat(row(new MarkdownReport(report(BARE)).text(), "bare", 0))
        .containsExactly(
            "bare",
            "512",
            "closed loop",
            "40,000",
            "–",
            "160,000",
            "1.0",
            "2.0",
            "3.0",
            "4.0",
            "5.0",
            "3",
            "–");
  }

  @Test
  void text_noRequestAccepted_hasNoCosts() {
    RunFigures refused =
        run("refused", null, 0, Double.POSITIVE_INFINITY, new StoredFigures(0, 0, 0, 0));

    assertThat(row(new MarkdownReport(report(refused)).text(), "refused", 1).get(1)).isEqualTo("–");
  }

  @Test
  void isComplete_oneLostOrTwice_isNot() {
    assertThat(new StoredFigures(400, 0, 399, 0).isComplete()).isFalse();
    assertThat(new StoredFigures(400, 0, 401, 1).isComplete()).isFalse();
    assertThat(new StoredFigures(400, 0, 401, 0).isComplete()).isFalse();
    assertThat(new StoredFigures(400, 4, 404, 0).isComplete()).isTrue();
    assertThat(new StoredFigures(400, 4, 405, 0).isComplete()).isFalse();
    RunFigures lossy = run("pipeline", null, 1, 1, new StoredFigures(400, 0, 399, 0));
    assertThat(report(BARE, lossy).isComplete()).isFalse();
    assertThat(report(BARE, PIPELINE).isComplete()).isTrue();
    assertThat(new MarkdownReport(report(lossy)).text()).contains("NO: 399 of 400, 0 twice");
  }

  @Test
  void write_jsonAndMarkdown_areNamedByScenarioAndDate(@TempDir Path folder) throws IOException {
    Path markdown = report(BARE, PIPELINE).write(folder);

    assertThat(markdown).hasFileName("ceiling-20261123T101500Z.md").isRegularFile();
    JsonNode json =
        new ObjectMapper()
            .readTree(Files.readAllBytes(folder.resolve("ceiling-20261123T101500Z.json")));
    assertThat(json.at("/machine/commit").asText()).isEqualTo("abc+");
    assertThat(json.at("/prices/sqsDollarsPerMillion").asDouble()).isEqualTo(0.4);
    assertThat(json.at("/runs/1/load/latencyMs/p99").asDouble()).isEqualTo(3);
    assertThat(json.at("/runs/1/settings/tiers/settings/LINGER_MS").asText()).isEqualTo("10");
    assertThat(json.at("/runs/1/parts/0/cpuMicrosPerRequest").asDouble()).isEqualTo(50);
    assertThat(json.at("/runs/1/reference").asText()).isEqualTo("bare");
  }

  @Test
  void text_longRun_showsItsCourse() {
    Sample early = new Sample(60, 100, new Latency(1, 2, 3, 4, 5), Map.of("web", 100L << 20));
    Sample late = new Sample(120, 101, new Latency(6, 7, 8, 9, 10), Map.of("web", 300L << 20));

    String text = new MarkdownReport(report(run("soak", 120, List.of(early, late)))).text();

    assertThat(row(text, "60", 0)).containsExactly("60", "100", "1.0", "3.0", "5.0", "100");
    assertThat(row(text, "120", 0)).containsExactly("120", "101", "6.0", "8.0", "10.0", "300");
    assertThat(new MarkdownReport(report(run("short", 10, List.of(early)))).text())
        .doesNotContain("Course");
  }

  @Test
  void medians_ofEvenAndOddCounts_areTheMiddle() {
    assertThat(Medians.median(9, 1, 5)).isEqualTo(5);
    assertThat(Medians.median(9, 1, 5, 6)).isEqualTo(5.5);
    assertThat(row(Medians.table(List.of(PIPELINE, PIPELINE), List.of("pipeline")), "pipeline", 0))
        .containsExactly("pipeline", "10,000", "3.0", "50.0", "5.0", "0.0");
  }

  private static Report report(RunFigures... runs) {
    return new Report(
        "ceiling",
        "2026-11-23T10:15:00Z",
        new Machine("Linux", 2, "some processor", 1L << 34, "some VM", "abc+"),
        List.of("--seconds", "2"),
        new Prices.Requests("us-east-1", 0.4, 0.005, 0.0004),
        List.of(runs));
  }

  private static RunFigures run(
      String name,
      @Nullable String reference,
      double perSecond,
      double webMicros,
      @Nullable StoredFigures stored) {
    return run(name, reference, perSecond, webMicros, stored, 1, List.of());
  }

  private static RunFigures run(String name, double seconds, List<Sample> course) {
    return run(name, null, 100, 50, null, seconds, course);
  }

  private static RunFigures run(
      String name,
      @Nullable String reference,
      double perSecond,
      double webMicros,
      @Nullable StoredFigures stored,
      double seconds,
      List<Sample> course) {
    LoadCounts counts = new LoadCounts(10_003, 40_000, 1, 2, 0, Map.of(202, 10_000L));
    return new RunFigures(
        name,
        reference,
        new RunSettings(
            "any",
            "here",
            512,
            0,
            1200,
            4,
            "none",
            new PipelineSpec(1, 1, "1g", "512m", Map.of("LINGER_MS", "10"))),
        new LoadFigures(seconds, perSecond, 4 * perSecond, new Latency(1, 2, 3, 4, 5), counts),
        List.of(new PartFigures("web", webMicros, 256L << 20), new PartFigures("worker", 5, null)),
        stored == null ? null : 2048.0,
        stored == null ? null : new ServiceUse(10, 50, 1024, 2, 0.3, 1024),
        stored == null ? null : 0.003,
        stored,
        course);
  }

  /** The cells of a run's row in one of the tables. */
  private static List<String> row(String markdown, String run, int table) {
    String line = markdown.lines().filter(l -> l.startsWith("| " + run + " ")).toList().get(table);
    return List.of(line.substring(2, line.length() - 2).split("\\s*\\|\\s*"));
  }
}
