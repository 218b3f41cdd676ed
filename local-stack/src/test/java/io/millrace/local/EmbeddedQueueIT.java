package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@ResourceLock(PipelineProcesses.DURABLE_QUEUE)
class EmbeddedQueueIT {
  @TempDir Path directory;

  @Test
  void inMemory_sentMessage_isReceived() throws Exception {
    try (EmbeddedQueue queue = EmbeddedQueue.inMemory(0);
        SqsClient sqs = Clients.sqs(queue.endpoint())) {
      String url = sqs.createQueue(r -> r.queueName("q")).queueUrl();

      sqs.sendMessage(r -> r.queueUrl(url).messageBody("one"));

      assertThat(url).startsWith(queue.endpoint().toString());
      assertThat(receive(sqs, url)).extracting(Message::body).containsExactly("one");
    }
  }

  @Test
  void inMemory_messageOverOneMebibyte_isRefused() throws Exception {
    try (EmbeddedQueue queue = EmbeddedQueue.inMemory(0);
        SqsClient sqs = Clients.sqs(queue.endpoint())) {
      String url = sqs.createQueue(r -> r.queueName("q")).queueUrl();
      String largest = "x".repeat(1 << 20);

      sqs.sendMessage(r -> r.queueUrl(url).messageBody(largest));

      assertThatThrownBy(() -> sqs.sendMessage(r -> r.queueUrl(url).messageBody(largest + "x")))
          .hasMessageContaining("MessageTooLong");
    }
  }

  @Test
  void inMemory_portInUse_saysSoInOneLine() throws Exception {
    try (EmbeddedQueue queue = EmbeddedQueue.inMemory(0)) {
      int port = queue.endpoint().getPort();

      assertThatThrownBy(() -> EmbeddedQueue.inMemory(port))
          .isInstanceOfSatisfying(StartException.class, e -> assertThat(e.exitCode()).isEqualTo(69))
          .hasMessage(
              "SQS on 127.0.0.1:"
                  + port
                  + " cannot start: the port is in use; try another by --sqs-port");
    }
  }

  @Test
  void durable_closedAndOpenedAgain_keepsQueuesAndUndeletedMessages() throws Exception {
    try (EmbeddedQueue queue = EmbeddedQueue.durable(directory, 0);
        SqsClient sqs = Clients.sqs(queue.endpoint())) {
      createWithDeadLetters(sqs);
      String url = url(sqs);
      sqs.sendMessage(r -> r.queueUrl(url).messageBody("deleted"));
      Message first = receive(sqs, url).get(0);
      sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(first.receiptHandle()));
      sqs.sendMessage(r -> r.queueUrl(url).messageBody("kept"));
    }
    try (EmbeddedQueue queue = EmbeddedQueue.durable(directory, 0);
        SqsClient sqs = Clients.sqs(queue.endpoint())) {
      String url = url(sqs);

      assertThat(receive(sqs, url)).extracting(Message::body).containsExactly("kept");
      assertThat(receive(sqs, url)).isEmpty();
      assertThat(redrivePolicy(sqs, url)).contains("q-dlq");
      createWithDeadLetters(sqs);
    }
  }

  @Test
  void durable_secondInTheSameJvm_isRefused() throws Exception {
    try (EmbeddedQueue queue = EmbeddedQueue.durable(directory, 0)) {
      assertThat(queue.endpoint().getPort()).isPositive();
      assertThatThrownBy(() -> EmbeddedQueue.durable(directory.resolve("other"), 0))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("one durable queue per JVM");
    }
  }

  private static void createWithDeadLetters(SqsClient sqs) {
    String deadLetters = sqs.createQueue(r -> r.queueName("q-dlq")).queueUrl();
    String arn =
        sqs.getQueueAttributes(
                r -> r.queueUrl(deadLetters).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String policy = "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"100\"}";
    sqs.createQueue(
        r -> r.queueName("q").attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)));
  }

  private static String url(SqsClient sqs) {
    return sqs.getQueueUrl(r -> r.queueName("q")).queueUrl();
  }

  private static String redrivePolicy(SqsClient sqs, String url) {
    return sqs.getQueueAttributes(
            r -> r.queueUrl(url).attributeNames(QueueAttributeName.REDRIVE_POLICY))
        .attributes()
        .get(QueueAttributeName.REDRIVE_POLICY);
  }

  private static List<Message> receive(SqsClient sqs, String url) {
    return sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages();
  }
}
