package io.millrace.benchmark.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmark.body.BodySpec;
import io.millrace.benchmark.body.CollectionBody;
import io.millrace.benchmark.body.Encoding;
import io.millrace.benchmark.load.LoadCounts;
import io.millrace.benchmark.load.Requests;
import io.millrace.benchmark.process.Checkout;
import io.millrace.benchmark.process.Metrics;
import io.millrace.benchmark.process.PipelineSpec;
import io.millrace.benchmark.process.ProcessUsage;
import io.millrace.benchmark.process.TierMetrics;
import io.millrace.benchmark.report.Latency;
import io.millrace.benchmark.report.RunFigures;
import io.millrace.benchmark.report.ServiceUse;
import io.millrace.toolbox.plan.Prices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FigureBuilderTest {
  private static final String ALLOCATED = "jvm_gc_memory_allocated_bytes_total";
  private static final String SQS = "millrace_sqs_requests_total";
  private static final String SQS_BILLED = "millrace_sqs_billed_requests_total";
  private static final String S3 = "millrace_s3_requests_total";

  /** 100 requests answered with 202 and 300 refused, in a second. */
  private static final LoadCounts COUNTS =
      new LoadCounts(400, 100, 0, 0, 0, Map.of(202, 100L, 503, 300L));

  private static final Snapshot BEFORE =
      snapshot(
          0,
          new LoadCounts(0, 0, 0, 0, 0, Map.of()),
          Duration.ZERO,
          new TierMetrics(
              new Metrics(Map.of(ALLOCATED, 1000.0, SQS, 5.0, SQS_BILLED, 5.0)),
              new Metrics(Map.of(ALLOCATED, 7000.0, SQS, 5.0, SQS_BILLED, 5.0, S3, 0.0))));

  private static final Snapshot AFTER =
      snapshot(
          1_000_000_000,
          COUNTS,
          Duration.ofMillis(10),
          new TierMetrics(
              new Metrics(Map.of(ALLOCATED, 3000.0, SQS, 6.0, SQS_BILLED, 10.0)),
              new Metrics(Map.of(ALLOCATED, 99_000.0, SQS, 8.0, SQS_BILLED, 20.0, S3, 1.0))));

  private final RunFigures figures = figures();

  @Test
  void build_allocated_isTheWebTiersAlone() {
    assertThat(figures.allocatedBytesPerRequest()).isEqualTo(2000 / 100.0);
  }

  @Test
  void build_callsToServices_areOfAllTiers() {
    ServiceUse use = Objects.requireNonNull(figures.services());
    assertThat(use.sqsCalls()).isEqualTo(1 + 3);
    assertThat(use.sqsBilled()).isEqualTo(5 + 15);
  }

  @Test
  void build_requestsRefused_areNoneThatCostsAreToldFor() {
    assertThat(figures.parts().get(0).cpuMicrosPerRequest()).isEqualTo(10_000 / 100.0);
    assertThat(figures.dollarsPerMillion()).isEqualTo(20 * 1e6 / 100);
    assertThat(figures.load().notAccepted()).isEqualTo(300);
  }

  private static RunFigures figures() {
    BodySpec bodies = new BodySpec(1, 100, 1, Encoding.NONE, 0);
    Case what =
        new Case(
            "any",
            null,
            Case.TargetKind.PIPELINE,
            1,
            0,
            Duration.ZERO,
            Duration.ofSeconds(1),
            bodies,
            new PipelineSpec(1, 1, "1g", "1g", Map.of()));
    Requests requests =
        Requests.post("/", List.of(new CollectionBody(new byte[100], 1)), Encoding.NONE);
    return new FigureBuilder(what, new Checkout(Path.of("here")), requests, BEFORE, AFTER)
        .build(
            new Latency(1, 2, 3, 4, 5),
            COUNTS,
            List.of(),
            null,
            new Prices.Requests("a dollar a request to SQS", 1e6, 0, 0));
  }

  private static Snapshot snapshot(
      long nanos, LoadCounts counts, Duration webCpu, TierMetrics metrics) {
    ProcessUsage web = new ProcessUsage(webCpu, OptionalLong.empty(), OptionalLong.empty());
    return new Snapshot(nanos, counts, Map.of("web", web), metrics);
  }
}
