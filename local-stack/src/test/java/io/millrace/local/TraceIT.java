package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.trace.OtlpReceiver;
import io.millrace.trace.OtlpReceiver.Context;
import io.millrace.trace.OtlpReceiver.Received;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A collector's receiver gets spans of both tiers, and links lead from a POST to its PUT. */
@Timeout(120)
class TraceIT {
  private static final String COLLECTION = "{\"version\":\"1\",\"token\":\"t\",\"data\":[{}]}";
  private static final Context CLIENT =
      new Context("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path dataDir;

  @Test
  void post_ofATracedClient_leadsToThePutOfItsObject() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        PipelineProcesses processes = new PipelineProcesses(dataDir, settings(receiver))) {
      List<String> log;
      try (JavaProcess web = processes.web();
          JavaProcess worker = processes.worker()) {
        assertThat(post(PipelineProcesses.target(web), "01")).isEqualTo(202);
        worker.await("Stored (\\S+):");
        assertThat(web.terminate()).isZero();
        assertThat(worker.terminate()).isZero();
        log = worker.lines();
      }

      Received store = childOf(receive(receiver), "store", receiver);
      Received roll = linked(store, "roll", receiver);
      assertThat(roll.links()).containsExactly(store.context());
      List<Received> puts = childrenOf(roll, "PUT", receiver);
      assertThat(puts).hasSize(2).noneMatch(Received::failed);
      Path object = StoredLines.files(processes.bucket()).get(0);
      assertThat(puts)
          .last()
          .satisfies(
              put ->
                  assertThat(processes.bucket().resolve(put.attributes().get("aws.s3.key")))
                      .isEqualTo(object));
      assertThat(log)
          .filteredOn(line -> line.contains("Stored ") && line.contains(object.getFileName() + ":"))
          .singleElement()
          .satisfies(line -> assertThat(line).endsWith("trace_id=" + roll.context().trace()));
    }
  }

  @Test
  void post_deliveredTwice_isCheckedInItsTrace() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        PipelineProcesses processes = new PipelineProcesses(dataDir, settings(receiver));
        JavaProcess web = processes.web()) {
      assertThat(post(PipelineProcesses.target(web), "01")).isEqualTo(202);
      assertThat(processes.queue().receive(1, Duration.ofSeconds(20), Duration.ZERO)).hasSize(1);
      assertThat(web.terminate()).isZero();
      try (JavaProcess worker = processes.worker()) {
        worker.await("Stored (\\S+):");
        assertThat(worker.terminate()).isZero();
      }

      Received receive = receive(receiver);
      assertThat(receive.attributes()).containsEntry("millrace.receive_count", "2");
      Received checks = linked(childOf(receive, "check", receiver), "checks", receiver);
      assertThat(childrenOf(checks, "PUT", receiver))
          .singleElement()
          .satisfies(put -> assertThat(put.attributes().get("aws.s3.key")).contains("_claims/"));
      assertThat(childOf(receive, "store", receiver).links()).hasSize(1);
    }
  }

  @Test
  void post_ofAClientThatIsNotTraced_isNotEither() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        PipelineProcesses processes = new PipelineProcesses(dataDir, settings(receiver));
        JavaProcess web = processes.web();
        JavaProcess worker = processes.worker()) {
      assertThat(post(PipelineProcesses.target(web), "00")).isEqualTo(202);
      worker.await("Stored (\\S+):");
      assertThat(web.terminate()).isZero();
      assertThat(worker.terminate()).isZero();

      assertThat(receiver.spans()).isEmpty();
    }
  }

  /** By the ratio of 0 only what a client asks for is traced. */
  private static Map<String, String> settings(OtlpReceiver receiver) {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        receiver.endpoint().toString(),
        "OTEL_TRACES_SAMPLER_ARG",
        "0");
  }

  private int post(URI target, String flags) throws Exception {
    String traceparent = "00-%s-%s-%s".formatted(CLIENT.trace(), CLIENT.span(), flags);
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/json")
            .header("traceparent", traceparent)
            .POST(BodyPublishers.ofString(COLLECTION))
            .build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  /** The way from the client's span to where the worker has the message. */
  private static Received receive(OtlpReceiver receiver) {
    Received request = receiver.spans("POST /v1/collections").get(0);
    assertThat(request.service()).isEqualTo("millrace-web");
    assertThat(request.context().trace()).isEqualTo(CLIENT.trace());
    assertThat(request.parent()).isEqualTo(CLIENT.span());
    assertThat(request.attributes()).containsEntry("http.response.status_code", "202");
    Received batch = linked(request, "batch", receiver);
    assertThat(batch.links()).containsExactly(request.context());
    Received receive = childOf(childOf(batch, "send", receiver), "receive", receiver);
    assertThat(receive.service()).isEqualTo("millrace-worker");
    return receive;
  }

  private static Received linked(Received from, String name, OtlpReceiver receiver) {
    return receiver.spans(name).stream()
        .filter(span -> from.links().contains(span.context()))
        .findFirst()
        .orElseThrow();
  }

  private static Received childOf(Received parent, String name, OtlpReceiver receiver) {
    return childrenOf(parent, name, receiver).get(0);
  }

  private static List<Received> childrenOf(Received parent, String name, OtlpReceiver receiver) {
    return receiver.spans(name).stream().filter(span -> span.isChildOf(parent)).toList();
  }
}
