package io.millrace.contract;

import static io.millrace.contract.MessageQueueContract.HIDDEN;
import static io.millrace.contract.MessageQueueContract.receive;
import static io.millrace.contract.MessageQueueContract.receiveOne;
import static io.millrace.contract.MessageQueueContract.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.queue.MessageQueue;
import io.millrace.queue.ReceivedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link MessageQueue} does with deliveries: hide, hand back, deliver again, delete. */
interface DeliveryContract {
  Duration SHORT = Duration.ofSeconds(1);
  String BOGUS = "no-receipt-handle";

  /** A queue without messages, that no other test uses; closed by the test. */
  MessageQueue emptyQueue();

  @Test
  default void receive_hiddenMessage_isNotDeliveredAgain() {
    try (MessageQueue queue = emptyQueue()) {
      send(queue, "body", Map.of());
      receiveOne(queue, HIDDEN);

      assertThat(receive(queue, HIDDEN)).isEmpty();
    }
  }

  @Test
  default void receive_visibilityEnded_deliversAgainAndCountsIt() {
    try (MessageQueue queue = emptyQueue()) {
      send(queue, "body", Map.of());
      ReceivedMessage first = receiveOne(queue, SHORT);

      ReceivedMessage second = receiveOne(queue, HIDDEN);

      assertThat(second.messageId()).isEqualTo(first.messageId());
      assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
      assertThat(second.receiveCount()).isEqualTo(2);
      assertThat(second.sentMs()).isEqualTo(first.sentMs());
    }
  }

  @Test
  default void changeVisibility_zero_handsBackAtOnce() {
    try (MessageQueue queue = emptyQueue()) {
      send(queue, "body", Map.of());
      String handle = receiveOne(queue, HIDDEN).receiptHandle();

      assertThat(queue.changeVisibility(List.of(handle), Duration.ZERO)).isEmpty();

      assertThat(receiveOne(queue, HIDDEN).receiveCount()).isEqualTo(2);
    }
  }

  @Test
  default void changeVisibility_longer_keepsHidden() {
    try (MessageQueue queue = emptyQueue()) {
      send(queue, "body", Map.of());
      String handle = receiveOne(queue, SHORT).receiptHandle();

      assertThat(queue.changeVisibility(List.of(handle), HIDDEN)).isEmpty();

      await().during(SHORT.multipliedBy(2)).until(() -> receive(queue, HIDDEN).isEmpty());
    }
  }

  @Test
  default void changeVisibility_bogusHandleAmongGood_isNamedAndTheOtherIsChanged() {
    try (MessageQueue queue = emptyQueue()) {
      send(queue, "body", Map.of());
      String handle = receiveOne(queue, HIDDEN).receiptHandle();

      assertThat(queue.changeVisibility(List.of(BOGUS, handle), Duration.ZERO))
          .containsOnlyKeys(BOGUS);

      assertThat(receiveOne(queue, HIDDEN).receiveCount()).isEqualTo(2);
    }
  }

  @Test
  default void changeVisibility_deletedMessage_isNamed() {
    try (MessageQueue queue = emptyQueue()) {
      send(queue, "body", Map.of());
      String handle = receiveOne(queue, HIDDEN).receiptHandle();
      assertThat(queue.delete(List.of(handle))).isEmpty();

      assertThat(queue.changeVisibility(List.of(handle), HIDDEN)).containsOnlyKeys(handle);
    }
  }

  @Test
  default void changeVisibility_handleOfEarlierDelivery_isAtMostNamed() {
    try (MessageQueue queue = emptyQueue()) {
      send(queue, "body", Map.of());
      String stale = receiveOne(queue, SHORT).receiptHandle();
      receiveOne(queue, HIDDEN);

      assertThat(queue.changeVisibility(List.of(stale), HIDDEN).keySet()).isSubsetOf(stale);

      assertThat(queue.counts().total()).isEqualTo(1);
    }
  }

  @Test
  default void delete_received_isGone() {
    try (MessageQueue queue = emptyQueue()) {
      send(queue, "body", Map.of());
      String handle = receiveOne(queue, SHORT).receiptHandle();

      assertThat(queue.delete(List.of(handle))).isEmpty();

      await().untilAsserted(() -> assertThat(queue.counts().total()).isZero());
      await().during(SHORT.multipliedBy(2)).until(() -> receive(queue, HIDDEN).isEmpty());
    }
  }

  @Test
  default void delete_bogusHandleAmongGood_isNamedAndTheOtherIsDeleted() {
    try (MessageQueue queue = emptyQueue()) {
      send(queue, "body", Map.of());
      String handle = receiveOne(queue, HIDDEN).receiptHandle();

      assertThat(queue.delete(List.of(BOGUS, handle))).containsOnlyKeys(BOGUS);

      await().untilAsserted(() -> assertThat(queue.counts().total()).isZero());
    }
  }

  @Test
  default void delete_twice_atMostNamesTheHandle() {
    try (MessageQueue queue = emptyQueue()) {
      send(queue, "body", Map.of());
      String handle = receiveOne(queue, HIDDEN).receiptHandle();
      assertThat(queue.delete(List.of(handle))).isEmpty();

      assertThat(queue.delete(List.of(handle)).keySet()).isSubsetOf(handle);
    }
  }

  @Test
  default void delete_handleOfEarlierDelivery_atMostNamesIt() {
    try (MessageQueue queue = emptyQueue()) {
      send(queue, "body", Map.of());
      String stale = receiveOne(queue, SHORT).receiptHandle();
      String last = receiveOne(queue, HIDDEN).receiptHandle();

      assertThat(queue.delete(List.of(stale)).keySet()).isSubsetOf(stale);
      assertThat(queue.delete(List.of(last)).keySet()).isSubsetOf(last);

      await().untilAsserted(() -> assertThat(queue.counts().total()).isZero());
    }
  }
}
