package io.millrace.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.trace.RecordedSpans;
import io.millrace.trace.RecordedSpans.Ended;
import io.millrace.trace.TraceSpan;
import io.millrace.trace.Tracing;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracedStoreTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ObjectStoreException away = new ObjectStoreException("away", 503, null);
  private final FakeObjectStore behind = new FakeObjectStore();
  private final RecordedSpans spans = new RecordedSpans();
  private final ObjectStore store = TracedStore.of(behind, spans.tracing());

  @Test
  void put_stored_isASpanWithKeyAndSize() {
    put();

    assertThat(spans.of("PUT"))
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.failed()).isFalse();
              assertThat(span.attributes())
                  .isEqualTo(
                      Map.of(
                          "aws.s3.key", "k",
                          "millrace.bytes", "3",
                          "http.response.status_code", "200"));
            });
  }

  @Test
  void put_somethingIsThere_isNoFailure() {
    put();
    put();

    assertThat(spans.of("PUT"))
        .last()
        .satisfies(
            span -> {
              assertThat(span.failed()).isFalse();
              assertThat(span.attributes()).containsEntry("http.response.status_code", "412");
            });
  }

  @Test
  void put_outcomeUnknown_isAFailureWithoutStatus() {
    behind.answerNextPut(new PutResult.Unknown(away), false);

    assertThat(put()).isInstanceOf(PutResult.Unknown.class);

    assertThat(spans.of("PUT"))
        .singleElement()
        .matches(Ended::failed)
        .satisfies(
            span -> assertThat(span.attributes()).doesNotContainKey("http.response.status_code"));
  }

  @Test
  void head_storeFails_isAFailureAndThrowsIt() {
    behind.failWith(away);

    assertThatThrownBy(() -> TraceSpan.within(spans.request(), () -> store.head("k")))
        .isSameAs(away);

    assertThat(spans.of("HEAD")).singleElement().matches(Ended::failed);
  }

  @Test
  void calls_withinNoSpan_haveNone() {
    store.putIfAbsent("k", Content.of(new byte[3]), "text/plain", SECOND);
    store.head("k");

    assertThat(spans.names()).isEmpty();
  }

  @Test
  void of_tracingOff_isTheStoreItself() {
    assertThat(TracedStore.of(behind, Tracing.off())).isSameAs(behind);
  }

  private PutResult put() {
    return TraceSpan.within(
        spans.request(),
        () -> store.putIfAbsent("k", Content.of(new byte[3]), "text/plain", SECOND));
  }
}
