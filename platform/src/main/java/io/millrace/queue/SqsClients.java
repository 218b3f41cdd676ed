package io.millrace.queue;

import io.millrace.aws.AwsClients;
import io.millrace.config.ServiceAccess;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes SQS clients. */
final class SqsClients {
  private SqsClients() {}

  /** A client whose calls' own timeouts decide, {@link AwsClients#CALL_TIMEOUT} without one. */
  static SqsClient create(ServiceAccess access, int connections) {
    return AwsClients.build(
        SqsClient.builder().checksumValidationEnabled(false), // the frame has its own crc32c
        access,
        connections,
        AwsClients.LONGEST_CALL);
  }
}
