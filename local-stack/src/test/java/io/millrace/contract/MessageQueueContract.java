package io.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.millrace.queue.MessageQueue;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link MessageQueue} does with messages, the fake as well as a server's. */
interface MessageQueueContract {
  Duration TIMEOUT = Duration.ofSeconds(20);
  Duration HIDDEN = Duration.ofSeconds(60);
  int ONE_MEBIBYTE = 1 << 20;

  /** A queue without messages, that no other test uses; closed by the test. */
  MessageQueue emptyQueue();

  /** The queue's clock, ms since the epoch. */
  default long nowMs() {
    return System.currentTimeMillis();
  }

  @Test
  default void send_message_isReceivedAsSent() {
    Map<String, String> attributes = Map.of("traceparent", "00-1-2-01", "reason", "wrong \"crc\"");
    try (MessageQueue queue = emptyQueue()) {
      String id = send(queue, "body", attributes);

      ReceivedMessage received = receiveOne(queue, HIDDEN);

      assertThat(received.messageId()).isEqualTo(id);
      assertThat(received.receiptHandle()).isNotEmpty();
      assertThat(received.body()).isEqualTo("body");
      assertThat(received.attributes()).isEqualTo(attributes);
      assertThat(received.receiveCount()).isEqualTo(1);
      assertThat(received.sentMs()).isCloseTo(nowMs(), within(60_000L));
    }
  }

  @Test
  default void send_everyAsciiCharacterThatSqsAllows_arrivesAsSent() {
    String body =
        "\t\n\r"
            + IntStream.rangeClosed(0x20, 0x7F)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    try (MessageQueue queue = emptyQueue()) {
      send(queue, body, Map.of());

      assertThat(receiveOne(queue, HIDDEN).body()).isEqualTo(body);
    }
  }

  @Test
  default void send_bodyOfMaxMessageBytes_arrivesAsSent() {
    try (MessageQueue queue = emptyQueue()) {
      int max = queue.maxMessageBytes().orElse(MessageQueue.DEFAULT_MAX_MESSAGE_BYTES);
      String body = "x".repeat(max);
      send(queue, body, Map.of());

      assertThat(receiveOne(queue, HIDDEN).body()).isEqualTo(body);
    }
  }

  @Test
  default void send_bodyAboutOneMebibyte_arrivesWholeOrIsRefused() {
    String body = "x".repeat(ONE_MEBIBYTE - 100);
    try (MessageQueue queue = emptyQueue()) {
      SendResult result = queue.send(body, Map.of(), TIMEOUT);

      if (result instanceof SendResult.Sent) {
        assertThat(receiveOne(queue, HIDDEN).body()).isEqualTo(body);
      } else {
        assertThat(result).isInstanceOf(SendResult.Refused.class);
      }
    }
  }

  @Test
  default void send_bodyOverOneMebibyte_isRefused() {
    try (MessageQueue queue = emptyQueue()) {
      SendResult result = queue.send("x".repeat(ONE_MEBIBYTE + 1), Map.of(), TIMEOUT);

      assertThat(result).isInstanceOf(SendResult.Refused.class);
      assertThat(receive(queue, HIDDEN)).isEmpty();
    }
  }

  @Test
  default void receive_nothingThere_answersEmptyAtOnce() {
    try (MessageQueue queue = emptyQueue()) {
      long start = System.nanoTime();

      assertThat(queue.receive(10, Duration.ZERO, HIDDEN)).isEmpty();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  default void receive_moreThanMaxAreThere_givesEachOnceAndNeverMoreThanMax() {
    Set<String> bodies = new LinkedHashSet<>();
    List<ReceivedMessage> received = new ArrayList<>();
    try (MessageQueue queue = emptyQueue()) {
      for (int i = 0; i < 13; i++) {
        bodies.add("body " + i);
        send(queue, "body " + i, Map.of());
      }

      await()
          .until(
              () -> {
                List<ReceivedMessage> some = receive(queue, HIDDEN);
                assertThat(some).hasSizeLessThanOrEqualTo(MessageQueue.MAX_BATCH_ENTRIES);
                received.addAll(some);
                return received.size() >= bodies.size();
              });

      assertThat(queue.receive(1, Duration.ZERO, HIDDEN)).isEmpty();
    }
    assertThat(received)
        .extracting(ReceivedMessage::body)
        .containsExactlyInAnyOrderElementsOf(bodies);
  }

  @Test
  default void counts_sentAndReceived_tellsVisibleAndInFlight() {
    try (MessageQueue queue = emptyQueue()) {
      assertThat(queue.counts().total()).isZero();
      send(queue, "one", Map.of());
      send(queue, "two", Map.of());
      assertThat(queue.receive(1, TIMEOUT, HIDDEN)).hasSize(1);

      await()
          .untilAsserted(
              () -> {
                assertThat(queue.counts().visible()).isEqualTo(1);
                assertThat(queue.counts().inFlight()).isEqualTo(1);
              });
      assertThat(queue.counts().delayed()).isZero();
    }
  }

  /** Sends a message that the queue must take; returns its id. */
  static String send(MessageQueue queue, String body, Map<String, String> attributes) {
    SendResult result = queue.send(body, attributes, TIMEOUT);
    assertThat(result).isInstanceOf(SendResult.Sent.class);
    return ((SendResult.Sent) result).messageId();
  }

  /** What is there now. */
  static List<ReceivedMessage> receive(MessageQueue queue, Duration visibility) {
    return queue.receive(MessageQueue.MAX_BATCH_ENTRIES, Duration.ZERO, visibility);
  }

  /** The one message that is there or comes to be. */
  static ReceivedMessage receiveOne(MessageQueue queue, Duration visibility) {
    List<ReceivedMessage> received =
        await().until(() -> receive(queue, visibility), some -> !some.isEmpty());
    assertThat(received).hasSize(1);
    return received.get(0);
  }
}
