package io.millrace.worker.roll;

import static io.millrace.worker.SampleBatches.WRITER;
import static io.millrace.worker.SampleBatches.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.time.FakeTicker;
import io.millrace.trace.RecordedSpans;
import io.millrace.trace.RecordedSpans.Ended;
import io.millrace.trace.Tracing;
import io.millrace.worker.settle.HeldBatch;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchSpansTest {
  private final RecordedSpans recorded = new RecordedSpans();
  private final BatchSpans spans = new BatchSpans(recorded.tracing(), new FakeTicker());

  private HeldBatch traced(long seq) {
    HeldBatch batch = batch(seq);
    return new HeldBatch(
        batch.header(),
        batch.frame(),
        batch.receiptHandle(),
        batch.claim(),
        recorded.request().traceparent());
  }

  private List<HeldBatch> traced(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(this::traced).toList();
  }

  private String around(List<HeldBatch> batches) throws InterruptedException {
    return spans.around("roll", "store", batches, () -> "done");
  }

  @Test
  void around_someTraced_linksTheWorkWithEachOfThem() throws InterruptedException {
    assertThat(around(List.of(traced(1), batch(2), traced(3)))).isEqualTo("done");

    Ended roll = recorded.of("roll").get(0);
    assertThat(roll.links()).isEqualTo(2);
    assertThat(roll.attributes()).isEqualTo(Map.of("millrace.batches", "3"));
    assertThat(recorded.of("store"))
        .hasSize(2)
        .allSatisfy(store -> assertThat(store.links()).isOne())
        .noneMatch(Ended::failed)
        .extracting(Ended::attributes)
        .first()
        .isEqualTo(Map.of("millrace.batch", WRITER + "-1", "millrace.payloads", "1"));
  }

  @Test
  void around_moreTracedThanTheExporterTakes_endsTheWorksFirstAndFewOfThem()
      throws InterruptedException {
    around(traced(1, BatchSpans.MAX_EACH + 10));

    assertThat(recorded.names()).startsWith("roll").hasSize(1 + BatchSpans.MAX_EACH);
  }

  @Test
  void around_workThrows_allSpansTellIt() {
    InterruptedException stopped = new InterruptedException("for the test");

    assertThatThrownBy(
            () ->
                spans.around(
                    "roll",
                    "store",
                    traced(1, 2),
                    () -> {
                      throw stopped;
                    }))
        .isSameAs(stopped);

    assertThat(recorded.of("roll")).singleElement().matches(Ended::failed);
    assertThat(recorded.of("store")).hasSize(2).allMatch(Ended::failed);
  }

  @Test
  void around_noneTraced_doesJustTheWork() throws InterruptedException {
    assertThat(around(List.of(batch(1)))).isEqualTo("done");
    assertThat(recorded.names()).isEmpty();
  }

  @Test
  void around_tracingOff_doesJustTheWork() throws InterruptedException {
    BatchSpans off = new BatchSpans(Tracing.off(), new FakeTicker());
    assertThat(off.<String>around("roll", "store", traced(1, 1), () -> "done")).isEqualTo("done");
  }
}
