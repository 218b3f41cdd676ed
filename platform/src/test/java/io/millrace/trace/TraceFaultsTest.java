package io.millrace.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.SendResult;
import io.millrace.queue.TracedQueue;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What goes wrong with spans is no fault of the work. */
class TraceFaultsTest {
  private final TraceSpan broken =
      new TraceSpan(
          proxy(
              Span.class,
              (proxy, method, args) -> {
                if (method.getName().equals("getSpanContext")) {
                  return SpanContext.getInvalid();
                }
                throw new IllegalStateException("for the test: " + method);
              }));

  @Test
  void within_brokenSpan_doesTheWorkOnce() {
    AtomicInteger work = new AtomicInteger();

    assertThat(TraceSpan.within(broken, work::incrementAndGet)).isOne();

    assertThat(work).hasValue(1);
    assertThat(MDC.get("trace_id")).isNull();
  }

  @Test
  void tracing_faultAtABeginning_isNoSpan() {
    try (Tracing tracing = new RecordedSpans().tracing()) {
      assertThat(
              tracing.request(
                  "request",
                  header -> {
                    throw new IllegalStateException("for the test");
                  }))
          .isNull();
    }
  }

  @Test
  void joined_brokenSpanOfARequest_isJoinedAllTheSame() {
    RecordedSpans spans = new RecordedSpans();
    TraceSpan batch = spans.tracing().joined("batch", 1, List.of(broken, spans.request()));

    assertThat(batch).isNotNull();
  }

  @Test
  void queue_brokenSpan_sendsAndTellsSo() {
    FakeMessageQueue behind = new FakeMessageQueue(() -> 0);
    Tracing tracing =
        proxy(
            Tracing.class,
            (proxy, method, args) -> method.getName().equals("isOn") ? true : broken);

    SendResult result =
        TracedQueue.of(behind, tracing).send("body", Map.of(), Duration.ofSeconds(1));

    assertThat(result).isInstanceOf(SendResult.Sent.class);
    assertThat(behind.bodies()).containsExactly("body");
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
