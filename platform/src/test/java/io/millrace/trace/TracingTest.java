package io.millrace.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.SettingsReader;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.TracedQueue;
import io.millrace.trace.OtlpReceiver.Context;
import io.millrace.trace.OtlpReceiver.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CLIENT = "00f067aa0ba902b7";
  private static final String SAMPLED = "00-" + TRACE + "-" + CLIENT + "-01";
  private static final String NOT_SAMPLED = "00-" + TRACE + "-" + CLIENT + "-00";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final OtlpReceiver receiver = new OtlpReceiver();

  TracingTest() throws IOException {}

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void request_clientIsTraced_continuesItsTrace() {
    try (Tracing tracing = open(Map.of())) {
      TraceSpan span = request(tracing, SAMPLED);
      span.set("answer", 202);
      span.end();
    }

    Received request = receiver.spans().get(0);
    assertThat(request.service()).isEqualTo("tier");
    assertThat(request.kind()).isEqualTo("SERVER");
    assertThat(request.context().trace()).isEqualTo(TRACE);
    assertThat(request.parent()).isEqualTo(CLIENT);
    assertThat(request.attributes()).containsEntry("answer", "202");
  }

  @Test
  void request_clientIsNotTraced_hasNoSpan() {
    try (Tracing tracing = open(Map.of("OTEL_TRACES_SAMPLER", "parentbased_always_on"))) {
      assertThat(tracing.request("request", headers(NOT_SAMPLED))).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "parentbased_traceidratio, 1, true",
    "parentbased_traceidratio, 0, false",
    "parentbased_always_on, 0, true",
    "parentbased_always_off, 1, false",
    "traceidratio, 1, true",
    "always_on, 0, true",
    "always_off, 1, false"
  })
  void request_ofNoTrace_isForTheSampler(String sampler, String ratio, boolean sampled) {
    Map<String, String> settings =
        Map.of("OTEL_TRACES_SAMPLER", sampler, "OTEL_TRACES_SAMPLER_ARG", ratio);
    try (Tracing tracing = open(settings)) {
      assertThat(tracing.request("request", header -> null) != null).isEqualTo(sampled);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00-1", "00-" + TRACE + "-" + CLIENT, "nonsense"})
  void continued_noTraceparent_hasNoSpan(String traceparent) {
    try (Tracing tracing = open(Map.of("OTEL_TRACES_SAMPLER", "always_on"))) {
      assertThat(tracing.continued("receive", TraceSpan.Kind.CONSUMER, traceparent)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parentbased_traceidratio",
        "parentbased_always_on",
        "parentbased_always_off",
        "traceidratio",
        "always_on",
        "always_off"
      })
  void continued_anySampler_isAsTheOtherProcessHasIt(String sampler) {
    Map<String, String> settings =
        Map.of("OTEL_TRACES_SAMPLER", sampler, "OTEL_TRACES_SAMPLER_ARG", "0");
    try (Tracing tracing = open(settings)) {
      TraceSpan receive = tracing.continued("receive", TraceSpan.Kind.CONSUMER, SAMPLED);
      assertThat(receive).isNotNull();
      assertThat(tracing.joined("roll", 1, List.of(receive))).isNotNull();
      assertThat(tracing.continued("receive", TraceSpan.Kind.CONSUMER, NOT_SAMPLED)).isNull();
    }
  }

  @Test
  void joined_manyRequests_linksAllToItAndItToTheFirstFew() {
    try (Tracing tracing = open(Map.of("OTEL_TRACES_SAMPLER_ARG", "0"))) {
      List<TraceSpan> requests =
          IntStream.range(0, 100).mapToObj(i -> request(tracing, SAMPLED)).toList();
      TraceSpan batch = Objects.requireNonNull(tracing.joined("batch", 1, requests));
      requests.forEach(TraceSpan::end);
      batch.end();
    }

    Received batch = receiver.spans("batch").get(0);
    List<Context> requests =
        receiver.spans("request").stream().map(OtlpReceiver.Received::context).toList();
    assertThat(requests).hasSize(100);
    assertThat(batch.parent()).isEmpty();
    assertThat(batch.context().trace()).isNotEqualTo(TRACE);
    assertThat(batch.links()).hasSize(OtelTracing.MAX_LINKS).isSubsetOf(requests);
    assertThat(receiver.spans("request"))
        .allSatisfy(request -> assertThat(request.links()).containsExactly(batch.context()));
  }

  @Test
  void joined_nothingTraced_hasNoSpan() {
    try (Tracing tracing = open(Map.of("OTEL_TRACES_SAMPLER", "always_on"))) {
      assertThat(tracing.joined("batch", 1, List.of())).isNull();
    }
  }

  @Test
  void child_onlyWithinAnActiveSpan_isWithinIt() {
    try (Tracing tracing = open(Map.of("OTEL_TRACES_SAMPLER_ARG", "0"))) {
      TraceSpan outer =
          Objects.requireNonNull(tracing.joined("roll", 1, List.of(request(tracing, SAMPLED))));
      assertThat(tracing.child("PUT", TraceSpan.Kind.CLIENT)).isNull();
      TraceSpan.within(
          outer,
          () -> {
            Objects.requireNonNull(tracing.child("PUT", TraceSpan.Kind.CLIENT)).end();
            return 0;
          });
      outer.end();
    }

    assertThat(receiver.spans("PUT").get(0).isChildOf(receiver.spans("roll").get(0))).isTrue();
  }

  @Test
  void queue_sentWithinASpan_goesOnWhereItIsReceived() {
    FakeMessageQueue behind = new FakeMessageQueue(() -> 0);
    try (Tracing tracing = open(Map.of())) {
      MessageQueue queue = TracedQueue.of(behind, tracing);
      TraceSpan span = request(tracing, SAMPLED);
      TraceSpan.within(span, () -> queue.send("body", Map.of("other", "1"), SECOND));
      span.end();
      ReceivedMessage message = queue.receive(1, Duration.ZERO, SECOND).get(0);

      assertThat(message.attributes()).containsEntry("other", "1").hasSize(2);
      assertThat(message.attributes().get(Tracing.TRACEPARENT)).startsWith("00-" + TRACE);
    }

    Received send = receiver.spans("send").get(0);
    Received receive = receiver.spans("receive").get(0);
    assertThat(send.kind()).isEqualTo("PRODUCER");
    assertThat(send.isChildOf(receiver.spans("request").get(0))).isTrue();
    assertThat(receive.kind()).isEqualTo("CONSUMER");
    assertThat(receive.isChildOf(send)).isTrue();
    assertThat(receive.attributes())
        .containsEntry("messaging.message.id", send.attributes().get("messaging.message.id"));
  }

  @Test
  void queue_sentWithinNoSpan_isLeftAsItIs() {
    FakeMessageQueue behind = new FakeMessageQueue(() -> 0);
    try (Tracing tracing = open(Map.of("OTEL_TRACES_SAMPLER", "always_on"))) {
      MessageQueue queue = TracedQueue.of(behind, tracing);
      queue.send("body", Map.of("traceparent", "00-1"), SECOND);

      assertThat(queue.receive(1, Duration.ZERO, SECOND).get(0).attributes())
          .isEqualTo(Map.of("traceparent", "00-1"));
    }
    assertThat(receiver.spans()).isEmpty();
  }

  @Test
  void open_noEndpoint_isOffAndTheQueueIsItself() {
    try (Tracing tracing = Tracing.open(read(Map.of("OTEL_TRACES_SAMPLER", "always_on")))) {
      FakeMessageQueue behind = new FakeMessageQueue(() -> 0);

      assertThat(tracing.isOn()).isFalse();
      assertThat(tracing.request("request", headers(SAMPLED))).isNull();
      assertThat(tracing.exemplars()).isNull();
      assertThat(TracedQueue.of(behind, tracing)).isSameAs(behind);
    }
  }

  @Test
  void headers_ofTheSettings_areSentDecoded() {
    try (Tracing tracing =
        open(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Basic%20a+b%3D"))) {
      request(tracing, SAMPLED).end();
    }

    assertThat(receiver.authorizations()).containsOnly("Basic a+b=");
  }

  private Tracing open(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint().toString());
    return Tracing.open(read(all));
  }

  private static TraceSettings read(Map<String, String> given) {
    SettingsReader reader = new SettingsReader(given);
    TraceSettings settings = TraceSettings.read(reader, "tier");
    reader.finish();
    return settings;
  }

  private static TraceSpan request(Tracing tracing, String traceparent) {
    return Objects.requireNonNull(tracing.request("request", headers(traceparent)));
  }

  private static Tracing.Headers headers(String traceparent) {
    return header -> header.equals("traceparent") ? traceparent : null;
  }
}
