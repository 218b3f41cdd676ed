package io.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.millrace.config.ConfigurationException;
import io.millrace.contract.StubServer.Answer;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.SendResult;
import io.millrace.queue.SqsMessageQueue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the queue's seam makes of a service that refuses, fails or is silent. */
@Timeout(30)
class MessageQueueFailureTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Answer LOOKED_UP = new Answer(200, "{\"QueueUrl\":\"http://here/1/q\"}");

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  @Test
  void open_nobodyListens_throwsNamingTheQueue() {
    assertThatThrownBy(() -> SqsMessageQueue.open(StubServer.nobody(), "q", 1))
        .isInstanceOf(QueueException.class)
        .hasMessageContaining("queue q");
  }

  @Test
  void send_nobodyListens_isRefused() {
    StubServer server = StubServer.giving(LOOKED_UP);
    try (MessageQueue queue = SqsMessageQueue.open(server.access(), "q", 1)) {
      server.close();

      assertThat(queue.send("body", Map.of(), LONG)).isInstanceOf(SendResult.Refused.class);
    }
  }

  @Test
  void send_noAnswerInTime_isUnknownAndLeavesNoInterrupt() {
    try (StubServer server = StubServer.giving(LOOKED_UP);
        MessageQueue queue = SqsMessageQueue.open(server.access(), "q", 1)) {
      assertThat(queue.send("body", Map.of(), SHORT)).isInstanceOf(SendResult.Unknown.class);

      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void send_connectionEndsWithoutAnAnswer_isUnknown() {
    assertThat(sendTo(new Answer(0, ""))).isInstanceOf(SendResult.Unknown.class);
  }

  @Test
  void send_serviceFails_isUnknown() {
    assertThat(sendTo(new Answer(500, "{}"))).isInstanceOf(SendResult.Unknown.class);
    assertThat(sendTo(new Answer(503, ""))).isInstanceOf(SendResult.Unknown.class);
    assertThat(sendTo(new Answer(408, ""))).isInstanceOf(SendResult.Unknown.class);
  }

  @Test
  void send_serviceRefuses_isRefused() {
    assertThat(sendTo(error(400, "InvalidMessageContents"))).isInstanceOf(SendResult.Refused.class);
    assertThat(sendTo(error(403, "AccessDenied"))).isInstanceOf(SendResult.Refused.class);
    assertThat(sendTo(error(408, "RequestTimeout"))).isInstanceOf(SendResult.Unknown.class);
  }

  @Test
  void send_hopRefuses_isUnknownAsSqsMayHaveTheMessage() {
    for (int status : new int[] {400, 403, 404, 413, 421, 429, 431, 499}) {
      for (String body : new String[] {"", "{}", "{\"message\":\"no\"}", "<html>no</html>", "no"}) {
        assertThat(sendTo(new Answer(status, body)))
            .as(status + body)
            .isInstanceOfSatisfying(
                SendResult.Unknown.class,
                unknown -> assertThat(unknown.cause()).hasMessageContaining("status " + status));
      }
    }
  }

  @Test
  void send_hopAnswersWell_isUnknown() {
    assertThat(sendTo(new Answer(200, "{}"))).isInstanceOf(SendResult.Unknown.class);
    assertThat(sendTo(new Answer(200, ""))).isInstanceOf(SendResult.Unknown.class);
  }

  @Test
  void open_byUrl_asksForThatQueueAlone() {
    try (StubServer server = StubServer.giving(new Answer(200, "{}"));
        MessageQueue queue =
            SqsMessageQueue.open(
                server.access(), server.access().endpoint() + "/123456789012/q", 1)) {
      assertThat(server.received()).isEqualTo(1);
      assertThat(queue.send("body", Map.of(), SHORT)).isInstanceOf(SendResult.Unknown.class);
    }
  }

  @Test
  void open_notThereOrNotAllowed_saysWhatToDo() {
    assertOpenFails(error(400, "QueueDoesNotExist"), QueueException.class, "AWS_REGION");
    assertOpenFails(error(403, "AccessDenied"), QueueException.class, "sqs:GetQueueUrl");
    assertOpenFails(
        error(403, "InvalidClientTokenId"),
        ConfigurationException.class,
        "credentials are refused");
  }

  private static void assertOpenFails(Answer answer, Class<?> how, String text) {
    try (StubServer server = StubServer.giving(answer)) {
      assertThatThrownBy(() -> SqsMessageQueue.open(server.access(), "q", 1))
          .isInstanceOf(how)
          .hasMessageContaining("queue q")
          .hasMessageContaining(text);
    }
  }

  @Test
  void send_serviceThrottles_isRefused() {
    assertThat(sendTo(error(400, "ThrottlingException"))).isInstanceOf(SendResult.Refused.class);
    assertThat(sendTo(error(400, "RequestThrottled"))).isInstanceOf(SendResult.Refused.class);
    assertThat(sendTo(error(403, "RequestThrottled"))).isInstanceOf(SendResult.Refused.class);
  }

  @Test
  void send_answerIsNotSqs_isUnknown() {
    assertThat(sendTo(new Answer(200, "<html>"))).isInstanceOf(SendResult.Unknown.class);
  }

  @Test
  void send_interruptedBefore_keepsTheInterrupt() {
    try (StubServer server = StubServer.giving(LOOKED_UP);
        MessageQueue queue = SqsMessageQueue.open(server.access(), "q", 1)) {
      Thread.currentThread().interrupt();

      assertThat(queue.send("body", Map.of(), LONG)).isNotInstanceOf(SendResult.Sent.class);

      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
  }

  @Test
  void stopReceiving_receiveIsWaiting_breaksItOffAndLeavesTheOtherCalls() {
    try (StubServer server = StubServer.giving(LOOKED_UP);
        MessageQueue queue = SqsMessageQueue.open(server.access(), "q", 1)) {
      CompletableFuture<Throwable> waiting =
          CompletableFuture.supplyAsync(() -> catchThrowable(() -> queue.receive(10, LONG, LONG)));
      await().until(() -> server.received() == 2);

      queue.stopReceiving();

      await().untilAsserted(() -> assertThat(waiting).isCompleted());
      assertThat(waiting.join()).isInstanceOf(QueueException.class);
      assertThatThrownBy(() -> queue.receive(10, LONG, LONG)).isInstanceOf(QueueException.class);
      assertThat(queue.send("body", Map.of(), Duration.ofSeconds(2)))
          .isInstanceOf(SendResult.Unknown.class);
      assertThat(server.received()).isEqualTo(3);
    }
  }

  @Test
  void close_receiveIsWaiting_breaksItOff() {
    try (StubServer server = StubServer.giving(LOOKED_UP)) {
      MessageQueue queue = SqsMessageQueue.open(server.access(), "q", 1);
      CompletableFuture<Throwable> waiting =
          CompletableFuture.supplyAsync(() -> catchThrowable(() -> queue.receive(10, LONG, LONG)));
      await().until(() -> server.received() == 2);

      queue.close();

      await().untilAsserted(() -> assertThat(waiting).isCompleted());
      assertThat(waiting.join()).isInstanceOf(QueueException.class);
    }
  }

  private static Answer error(int status, String type) {
    return new Answer(status, "{\"__type\":\"com.amazonaws.sqs#%s\"}".formatted(type));
  }

  private static SendResult sendTo(Answer answer) {
    try (StubServer server = StubServer.giving(LOOKED_UP, answer);
        MessageQueue queue = SqsMessageQueue.open(server.access(), "q", 1)) {
      return queue.send("body", Map.of(), LONG);
    }
  }
}
