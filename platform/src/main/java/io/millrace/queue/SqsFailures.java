package io.millrace.queue;

import io.millrace.aws.AwsFailures;
import io.millrace.config.ConfigurationException;
import java.util.List;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Tells the SDK's failures apart. */
final class SqsFailures {
  private SqsFailures() {}

  /**
   * Whether the service surely did not carry the call out: SQS itself answered 4xx, which its error
   * code shows, or no connection came to be. A 4xx without one may be a hop's, made after SQS took
   * the message; that, 408 and everything else leave it open.
   */
  static boolean isDefinite(SdkException failure) {
    int status = AwsFailures.status(failure);
    if (status == 0) {
      return AwsFailures.isNeverSent(failure);
    }
    return status >= 400 && status < 500 && status != 408 && AwsFailures.code(failure) != null;
  }

  /** Names what was tried; keeps an interrupt that the SDK turned into an exception. */
  static QueueException named(String what, SdkException failure) {
    if (failure instanceof AbortedException) {
      Thread.currentThread().interrupt();
    }
    return new QueueException(what + ": " + AwsFailures.text(failure), failure);
  }

  /**
   * Why a queue can't be opened, with what to do.
   *
   * @return a {@link ConfigurationException} if a setting is wrong, else a {@link QueueException}
   */
  static RuntimeException opening(String queue, SdkException failure) {
    String fault = AwsFailures.settingsFault(failure);
    if (fault != null) {
      return new ConfigurationException(List.of("queue " + queue + ": " + fault));
    }
    if (failure instanceof QueueDoesNotExistException) {
      return new QueueException(
          "there is no queue "
              + queue
              + " in this account and region: check AWS_REGION; one of another account is named by"
              + " ACCOUNT/NAME or its URL",
          failure);
    }
    if (AwsFailures.status(failure) == 403 && AwsFailures.code(failure) != null) {
      return new QueueException(
          "queue "
              + queue
              + " may not be looked up, which takes sqs:GetQueueUrl and sqs:GetQueueAttributes: "
              + AwsFailures.text(failure),
          failure);
    }
    return named("queue " + queue + " can't be opened", failure);
  }
}
