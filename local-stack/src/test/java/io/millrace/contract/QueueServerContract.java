package io.millrace.contract;

import static io.millrace.contract.MessageQueueContract.receive;
import static io.millrace.contract.MessageQueueContract.receiveOne;
import static io.millrace.contract.MessageQueueContract.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.QueueSetup;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.SqsMessageQueue;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What every server of SQS does, beside what every queue does. */
interface QueueServerContract extends MessageQueueContract, DeliveryContract {
  /** The server under test. */
  ServerExtension server();

  @Override
  default MessageQueue emptyQueue() {
    String name = server().newName();
    QueueSetup.create(server().access(), name);
    return SqsMessageQueue.open(server().access(), name, 2);
  }

  @Test
  default void open_missingQueue_throwsNamingIt() {
    String name = server().newName();

    assertThatThrownBy(() -> SqsMessageQueue.open(server().access(), name, 1))
        .isInstanceOf(QueueException.class)
        .hasMessageContaining(name);
  }

  @Test
  default void create_twice_keepsTheQueueWithItsMessages() {
    String name = server().newName();
    QueueSetup.create(server().access(), name);
    try (MessageQueue queue = SqsMessageQueue.open(server().access(), name, 1)) {
      send(queue, "kept", Map.of());

      QueueSetup.create(server().access(), name);

      assertThat(receiveOne(queue, HIDDEN).body()).isEqualTo("kept");
    }
  }

  @Test
  default void create_byManyAtOnce_allFindTheQueue() {
    String name = server().newName();

    Racers.run(8, () -> QueueSetup.create(server().access(), name));

    try (MessageQueue queue = SqsMessageQueue.open(server().access(), name, 1)) {
      assertThat(queue.counts().total()).isZero();
    }
  }

  @Test
  default void create_bothQueues_keepFourteenDaysAndTakeOneMebibyte() {
    String name = server().newName();
    QueueSetup.create(server().access(), name);

    try (SqsClient sqs = ServerClients.sqs(server().access())) {
      String deadLetters = name + QueueSetup.DEAD_LETTER_SUFFIX;
      Map<QueueAttributeName, String> told = attributes(sqs, name);

      assertFourteenDaysAndOneMebibyte(told);
      assertFourteenDaysAndOneMebibyte(attributes(sqs, deadLetters));
      assertThat(told.get(QueueAttributeName.REDRIVE_POLICY)).contains(":" + deadLetters, "1000");
    }
  }

  @Test
  default void receive_oftenerThanTheRedrivePolicyAllows_movesUnderTheSameId() {
    String deadLetters = server().newName();
    String name = server().newName();
    try (SqsClient sqs = ServerClients.sqs(server().access())) {
      sqs.createQueue(r -> r.queueName(deadLetters));
      String policy =
          "{\"deadLetterTargetArn\":\""
              + attributes(sqs, deadLetters).get(QueueAttributeName.QUEUE_ARN)
              + "\",\"maxReceiveCount\":1}";
      sqs.createQueue(
          r -> r.queueName(name).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)));
    }
    try (MessageQueue queue = SqsMessageQueue.open(server().access(), name, 1);
        MessageQueue dead = SqsMessageQueue.open(server().access(), deadLetters, 1)) {
      String id = send(queue, "body", Map.of("reason", "kept"));
      receiveOne(queue, Duration.ZERO);

      await().until(() -> receive(queue, HIDDEN).isEmpty() && dead.counts().visible() == 1);

      ReceivedMessage moved = receiveOne(dead, HIDDEN);
      assertThat(moved.messageId()).isEqualTo(id);
      assertThat(moved.body()).isEqualTo("body");
      assertThat(moved.attributes()).containsEntry("reason", "kept");
    }
  }

  @Test
  default void receive_binaryAttributeOfAnotherProgram_isLeftOut() {
    String name = server().newName();
    QueueSetup.create(server().access(), name);
    MessageAttributeValue binary =
        MessageAttributeValue.builder()
            .dataType("Binary")
            .binaryValue(SdkBytes.fromUtf8String("x"))
            .build();
    MessageAttributeValue text =
        MessageAttributeValue.builder().dataType("String").stringValue("kept").build();
    try (SqsClient sqs = ServerClients.sqs(server().access());
        MessageQueue queue = SqsMessageQueue.open(server().access(), name, 1)) {
      String url = sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
      sqs.sendMessage(
          r ->
              r.queueUrl(url)
                  .messageBody("body")
                  .messageAttributes(Map.of("trace", binary, "reason", text)));

      ReceivedMessage received = receiveOne(queue, HIDDEN);

      assertThat(received.body()).isEqualTo("body");
      assertThat(received.attributes()).isEqualTo(Map.of("reason", "kept"));
    }
  }

  private static Map<QueueAttributeName, String> attributes(SqsClient sqs, String name) {
    String url = sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
    return sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }

  /** ElasticMQ tells neither. */
  private static void assertFourteenDaysAndOneMebibyte(Map<QueueAttributeName, String> told) {
    assertThat(told.getOrDefault(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "1209600"))
        .isEqualTo("1209600");
    assertThat(told.getOrDefault(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1048576"))
        .isEqualTo("1048576");
  }
}
