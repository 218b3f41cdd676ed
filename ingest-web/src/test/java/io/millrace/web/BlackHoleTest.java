package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageHeader;
import io.millrace.model.BatchId;
import io.millrace.queue.FakeMessageQueue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More load than fits the budget while the queue gives no answer, until it answers again. */
@Timeout(120)
class BlackHoleTest {
  private static final int CLIENTS = 24;
  private static final int BUDGET = 1 << 20;

  /** Its body and lines take a tenth of the budget. */
  private static final String COLLECTION =
      "{\"version\":\"v\",\"token\":\"t\",\"data\":[{\"a\":\"" + "x".repeat(26_000) + "\"}]}";

  private final Contract contract = new Contract();
  private final FakeMessageQueue queue = new FakeMessageQueue(System::currentTimeMillis);
  private final HeldQueue held = new HeldQueue(queue);
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private volatile boolean stopped;

  @AfterEach
  void stopClients() {
    stopped = true;
    clients.shutdownNow();
  }

  @Test
  void post_moreThanFitsAndNoAnswerFromTheQueue_is503InBoundsUntilTheQueueAnswers()
      throws Exception {
    Map<String, String> settings =
        Map.of(
            "MAX_IN_FLIGHT_BYTES", Integer.toString(BUDGET),
            "MAX_BODY_BYTES", "65536",
            "ACK_TIMEOUT_MS", "300",
            "SEND_THREADS", "4");
    try (Edge edge = Edge.start(held, settings)) {
      List<Future<List<HttpResponse<String>>>> answers = postUntilStopped(edge);
      awaitInBounds(edge, () -> outcome(edge, "overloaded") > 500);
      awaitInBounds(edge, () -> outcome(edge, "not-queued") > 30);
      assertThat(outcome(edge, "accepted")).isZero();

      held.letThrough();

      awaitInBounds(edge, () -> outcome(edge, "accepted") > 500);
      stopped = true;
      assertAnswered(edge, answers);
      edge.awaitNothingInFlight();
    }
    assertEveryNumberIsTold();
  }

  private List<Future<List<HttpResponse<String>>>> postUntilStopped(Edge edge) {
    List<Future<List<HttpResponse<String>>>> answers = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      answers.add(
          clients.submit(
              () -> {
                List<HttpResponse<String>> own = new ArrayList<>();
                while (!stopped) {
                  own.add(edge.collection(COLLECTION));
                }
                return own;
              }));
    }
    return answers;
  }

  private static void awaitInBounds(Edge edge, Callable<Boolean> enough) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              assertThat(edge.inFlightBytes()).isLessThanOrEqualTo(BUDGET);
              return enough.call();
            });
  }

  /** By the contract: 202, or one of the two 503 with Retry-After; as many as were counted. */
  private void assertAnswered(Edge edge, List<Future<List<HttpResponse<String>>>> answers)
      throws Exception {
    long accepted = 0;
    for (Future<List<HttpResponse<String>>> each : answers) {
      for (HttpResponse<String> answer : each.get(30, TimeUnit.SECONDS)) {
        contract.check(Edge.COLLECTIONS, answer);
        if (answer.statusCode() == 202) {
          accepted++;
        } else {
          assertThat(answer.body()).containsPattern("/problems/(overloaded|not-queued)\"");
        }
      }
    }
    assertThat(edge.tier().metrics().requestsByOutcome())
        .containsOnlyKeys("accepted", "overloaded", "not-queued")
        .containsEntry("accepted", accepted);
    assertThat(headers().stream().mapToLong(MessageHeader::payloads).sum()).isEqualTo(accepted);
  }

  private void assertEveryNumberIsTold() throws Exception {
    List<MessageHeader> headers = headers();
    MessageHeader checkpoint = headers.get(headers.size() - 1);
    long last = BatchId.parse(checkpoint.batch()).seq();
    Set<Long> told = new HashSet<>();
    for (MessageHeader header : headers) {
      assertThat(told.add(BatchId.parse(header.batch()).seq())).isTrue();
      told.addAll(header.abandoned());
    }
    assertThat(checkpoint.payloads()).isZero();
    assertThat(checkpoint.ended()).isEqualTo(last);
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
  }

  private List<MessageHeader> headers() throws Exception {
    List<MessageHeader> headers = new ArrayList<>();
    for (String body : queue.bodies()) {
      headers.add(MessageCodec.decode(body).header());
    }
    return headers;
  }

  private static long outcome(Edge edge, String outcome) {
    return edge.tier().metrics().requestsByOutcome().getOrDefault(outcome, 0L);
  }
}
