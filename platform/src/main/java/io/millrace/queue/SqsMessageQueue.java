package io.millrace.queue;

import io.millrace.aws.AwsClients;
import io.millrace.config.ServiceAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * A queue of SQS, or of anything that speaks its protocol.
 *
 * <p>Thread-safe; holds a connection pool until closed. Retries nothing: a repeated send may put a
 * batch on the queue twice, so whoever sends decides.
 */
public final class SqsMessageQueue implements MessageQueue {
  private final SqsClient client;

  /** Apart from the other calls, so that closing it ends long polls and nothing else. */
  private final SqsClient receiver;

  private final String name;
  private final String url;

  private SqsMessageQueue(SqsClient client, SqsClient receiver, String name, String url) {
    this.client = client;
    this.receiver = receiver;
    this.name = name;
    this.url = url;
  }

  /**
   * Looks the queue up.
   *
   * @param queue its name, {@code ACCOUNT/NAME} or its URL; see {@link QueueName}
   * @param connections most calls under way at once, at least 1
   * @throws QueueException if it is not there or can't be reached
   * @throws io.millrace.config.ConfigurationException if the AWS settings can't be used
   */
  public static SqsMessageQueue open(ServiceAccess access, String queue, int connections) {
    QueueName named = QueueName.parse(queue);
    SqsClient client = SqsClients.create(access, connections);
    try {
      String url = url(client, named);
      return new SqsMessageQueue(client, SqsClients.create(access, connections), named.name(), url);
    } catch (SdkException e) {
      client.close();
      throw SqsFailures.opening(queue, e);
    }
  }

  /** Asks for the queue in any case: one that is not there is to be noticed now. */
  private static String url(SqsClient client, QueueName named) {
    String url = named.url();
    if (url == null) {
      return client
          .getQueueUrl(r -> r.queueName(named.name()).queueOwnerAWSAccountId(named.account()))
          .queueUrl();
    }
    var unused =
        client.getQueueAttributes(
            r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN));
    return url;
  }

  @Override
  public SendResult send(String body, Map<String, String> attributes, Duration timeout) {
    try {
      String id =
          client
              .sendMessage(
                  r ->
                      r.queueUrl(url)
                          .messageBody(body)
                          .messageAttributes(SqsTranslation.strings(attributes))
                          .overrideConfiguration(o -> o.apiCallTimeout(timeout)))
              .messageId();
      return id == null
          ? new SendResult.Unknown(new QueueException("send to " + name + ": no message id came"))
          : new SendResult.Sent(id);
    } catch (SdkException e) {
      QueueException cause = SqsFailures.named("send to " + name, e);
      return SqsFailures.isDefinite(e)
          ? new SendResult.Refused(cause)
          : new SendResult.Unknown(cause);
    } catch (IllegalStateException | RejectedExecutionException e) {
      return new SendResult.Refused(closed("send to " + name, e));
    }
  }

  @Override
  public List<ReceivedMessage> receive(int max, Duration wait, Duration visibility) {
    ReceiveMessageRequest request =
        ReceiveMessageRequest.builder()
            .queueUrl(url)
            .maxNumberOfMessages(max)
            .waitTimeSeconds((int) wait.toSeconds())
            .visibilityTimeout((int) visibility.toSeconds())
            .messageAttributeNames("All")
            .messageSystemAttributeNames(
                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                MessageSystemAttributeName.SENT_TIMESTAMP)
            .overrideConfiguration(o -> o.apiCallTimeout(wait.plus(AwsClients.CALL_TIMEOUT)))
            .build();
    return call("receive from " + name, () -> receiver.receiveMessage(request)).messages().stream()
        .map(SqsTranslation::received)
        .toList();
  }

  @Override
  public void stopReceiving() {
    receiver.close();
  }

  @Override
  public Map<String, String> delete(List<String> receiptHandles) {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (String handle : receiptHandles) {
      String id = Integer.toString(entries.size());
      entries.add(DeleteMessageBatchRequestEntry.builder().id(id).receiptHandle(handle).build());
    }
    return SqsTranslation.failures(
        receiptHandles,
        call(
            "delete from " + name,
            () -> client.deleteMessageBatch(r -> r.queueUrl(url).entries(entries)).failed()));
  }

  @Override
  public Map<String, String> changeVisibility(List<String> receiptHandles, Duration visibility) {
    List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
    for (String handle : receiptHandles) {
      entries.add(
          ChangeMessageVisibilityBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .receiptHandle(handle)
              .visibilityTimeout((int) visibility.toSeconds())
              .build());
    }
    return SqsTranslation.failures(
        receiptHandles,
        call(
            "change visibility in " + name,
            () ->
                client
                    .changeMessageVisibilityBatch(r -> r.queueUrl(url).entries(entries))
                    .failed()));
  }

  @Override
  public QueueCounts counts() {
    Map<QueueAttributeName, String> attributes =
        attributes(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);
    return new QueueCounts(
        SqsTranslation.count(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)),
        SqsTranslation.count(
            attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)),
        SqsTranslation.count(
            attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)));
  }

  @Override
  public OptionalInt maxMessageBytes() {
    String told = attributes(QueueAttributeName.ALL).get(QueueAttributeName.MAXIMUM_MESSAGE_SIZE);
    return told == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(told));
  }

  @Override
  public void close() {
    receiver.close();
    client.close();
  }

  private Map<QueueAttributeName, String> attributes(QueueAttributeName... names) {
    return call(
        "attributes of " + name,
        () -> client.getQueueAttributes(r -> r.queueUrl(url).attributeNames(names)).attributes());
  }

  private static <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw SqsFailures.named(what, e);
    } catch (IllegalStateException | RejectedExecutionException e) {
      throw closed(what, e);
    }
  }

  private static QueueException closed(String what, RuntimeException failure) {
    return new QueueException(what + ": the client has been closed", failure);
  }
}
