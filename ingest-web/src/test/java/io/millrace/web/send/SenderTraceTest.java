package io.millrace.web.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.codec.MessageCodec;
import io.millrace.model.Codec;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.SendResult;
import io.millrace.queue.TracedQueue;
import io.millrace.run.ByteBudget;
import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.time.FakeTicker;
import io.millrace.trace.RecordedSpans;
import io.millrace.trace.RecordedSpans.Ended;
import io.millrace.trace.TraceSpan;
import io.millrace.trace.Tracing;
import io.millrace.web.Samples;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.DrainRate;
import io.millrace.web.batch.PendingCollection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches of which something is traced. */
@Timeout(60)
class SenderTraceTest {
  private final QueueException cause = new QueueException("for the test", null);
  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final RecordedSpans spans = new RecordedSpans();
  private final MessageQueue traced = TracedQueue.of(queue, spans.tracing());
  private final ByteBudget budget = new ByteBudget(1 << 20);
  private final BatchNumbers numbers = new BatchNumbers(Samples.WRITER);
  private final BatchQueue batches =
      new BatchQueue(
          new BatchQueue.Limits(100_000, Duration.ZERO, Duration.ofMinutes(1)), numbers, ticker, 1);

  /** Of each collection that was answered, the trace that was active then. */
  private final List<Optional<String>> activeTraces = new ArrayList<>();

  @AfterEach
  void close() {
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void runOnce_spanCantBegin_failsTheBatchAndGivesAllBack() throws Exception {
    OutOfMemoryError fault = new OutOfMemoryError("for the test");
    Tracing broken =
        (Tracing)
            Proxy.newProxyInstance(
                Tracing.class.getClassLoader(),
                new Class<?>[] {Tracing.class},
                (proxy, method, args) -> {
                  throw fault;
                });
    PendingCollection failed = add(null);

    assertThatThrownBy(() -> runOnce(broken)).isSameAs(fault);

    assertThat(failed.state()).isEqualTo(PendingCollection.State.NOT_QUEUED);
    add(null);
    runOnce(Tracing.off());
    assertThat(queue.bodies()).hasSize(1);
    assertThat(MessageCodec.decode(queue.bodies().get(0)).header().abandoned()).containsExactly(1L);
  }

  @Test
  void runOnce_oneOfTwoRequestsTraced_answersBothOutsideOfAnySpan() throws Exception {
    add(null);
    add(spans.request());

    runOnce(spans.tracing());

    assertThat(activeTraces).containsExactly(Optional.empty(), Optional.empty());
    Ended batch = spans.of("batch").get(0);
    assertThat(batch.attributes()).containsEntry("millrace.payloads", "2");
    assertThat(spans.of("send")).extracting(Ended::trace).containsExactly(batch.trace());
  }

  @Test
  void runOnce_sentAtTheSecondTry_hasASpanForEachInTheBatchsTrace() throws Exception {
    queue.answerNextSend(new SendResult.Unknown(cause));
    add(spans.request());

    runOnce(spans.tracing());

    Ended batch = spans.of("batch").get(0);
    assertThat(batch.failed()).isFalse();
    assertThat(spans.of("send")).extracting(Ended::failed).containsExactly(true, false);
    assertThat(spans.of("send")).extracting(Ended::trace).containsOnly(batch.trace());
    assertThat(queue.attributes())
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allSatisfy(
            sent -> assertThat(sent.get(Tracing.TRACEPARENT)).startsWith("00-" + batch.trace()));
  }

  @Test
  void runOnce_notSent_isAFailure() throws Exception {
    queue.refuseSends(cause);
    add(spans.request());

    runOnce(spans.tracing());

    assertThat(spans.of("batch")).singleElement().matches(Ended::failed);
  }

  private void runOnce(Tracing tracing) throws InterruptedException {
    SendMetrics metrics = new SendMetrics(new SimpleMeterRegistry());
    SendTries tries =
        new SendTries(
            batches,
            traced,
            Codec.ZSTD,
            Duration.ofSeconds(10),
            metrics,
            new FailureStreak(),
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), new Random(7)),
            ticker);
    DrainRate drainRate = new DrainRate();
    try (Sender sender =
        new Sender(batches, numbers, tries, budget, drainRate, tracing, metrics, ticker)) {
      sender.runOnce();
    }
  }

  /**
   * Adds a collection.
   *
   * @param span of its request; null if it is not traced
   */
  private PendingCollection add(TraceSpan span) {
    PendingCollection pending = Samples.pending(ticker.now(), new Noting(span), "{}");
    assertThat(budget.tryReserve(pending.bytesHeld())).isTrue();
    assertThat(batches.add(pending)).isTrue();
    return pending;
  }

  private final class Noting implements PendingCollection.Listener {
    private final TraceSpan span;

    Noting(TraceSpan span) {
      this.span = span;
    }

    @Override
    public void ended(PendingCollection collection) {
      activeTraces.add(spans.activeTrace());
    }

    @Override
    public TraceSpan span() {
      return span;
    }
  }
}
