package io.millrace.queue;

import io.millrace.aws.AwsFailures;
import io.millrace.config.ConfigurationException;
import io.millrace.config.ServiceAccess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;

/** Creates a queue with its dead-letter queue, where {@code CREATE_RESOURCES=true} asks for it. */
public final class QueueSetup {
  private static final Logger LOG = LoggerFactory.getLogger(QueueSetup.class);

  /** What the dead-letter queue's name ends in. */
  public static final String DEAD_LETTER_SUFFIX = "-dlq";

  /** SQS's longest retention and, since August 2025, largest message. */
  private static final Duration RETENTION = Duration.ofDays(14);

  private static final int MAX_MESSAGE_BYTES = 1_048_576;

  /** A net far above MAX_RECEIVES, the worker's own limit; SQS allows 1,000 at most. */
  private static final int NET_RECEIVES = 1000;

  private QueueSetup() {}

  /**
   * Creates both queues with 14 days' retention and 1 MiB messages; those that exist are left as
   * they are.
   *
   * @param name of the queue; the other's ends in {@value #DEAD_LETTER_SUFFIX}
   * @throws QueueException if one can't be created
   * @throws ConfigurationException if the queue is another account's, or AWS settings are wrong
   */
  public static void create(ServiceAccess access, String name) {
    if (!QueueName.parse(name).isOwn()) {
      throw new ConfigurationException(
          List.of("CREATE_RESOURCES creates a queue by its name alone, not " + name));
    }
    try (SqsClient client = SqsClients.create(access, 1)) {
      String deadLetters = name + DEAD_LETTER_SUFFIX;
      if (!exists(client, deadLetters)) {
        create(client, deadLetters, attributes());
      }
      if (!exists(client, name)) {
        String url = client.getQueueUrl(r -> r.queueName(deadLetters)).queueUrl();
        String arn =
            client
                .getQueueAttributes(
                    r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        Map<QueueAttributeName, String> attributes = attributes();
        attributes.put(
            QueueAttributeName.REDRIVE_POLICY,
            "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":" + NET_RECEIVES + "}");
        create(client, name, attributes);
      }
    } catch (SdkException e) {
      String fault = AwsFailures.settingsFault(e);
      throw fault == null
          ? SqsFailures.named("queue " + name + " can't be created", e)
          : new ConfigurationException(List.of("queue " + name + ": " + fault));
    }
  }

  private static Map<QueueAttributeName, String> attributes() {
    Map<QueueAttributeName, String> attributes = new LinkedHashMap<>();
    attributes.put(
        QueueAttributeName.MESSAGE_RETENTION_PERIOD, Long.toString(RETENTION.toSeconds()));
    attributes.put(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, Integer.toString(MAX_MESSAGE_BYTES));
    return attributes;
  }

  /** Another process may create it at the same time. */
  private static void create(
      SqsClient client, String name, Map<QueueAttributeName, String> attributes) {
    try {
      client.createQueue(r -> r.queueName(name).attributes(attributes));
    } catch (QueueNameExistsException e) {
      LOG.info("Queue {} was created meanwhile, with other attributes", name);
    }
  }

  private static boolean exists(SqsClient client, String name) {
    try {
      var unused = client.getQueueUrl(r -> r.queueName(name));
      return true;
    } catch (QueueDoesNotExistException e) {
      return false;
    }
  }
}
