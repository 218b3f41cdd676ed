package io.millrace.queue;

import io.millrace.config.ConfigurationException;
import io.millrace.config.ServiceAccess;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** Makes SQS clients. */
final class SqsClients {
  /** Longer than the longest poll (20 s) and its answer. */
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(35);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** What a call may take that waits for nothing; sends and receives have their own. */
  static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private SqsClients() {}

  /** A client without retries: whoever calls decides on a further try. */
  static SqsClient create(ServiceAccess access, int connections) {
    SqsClientBuilder builder =
        SqsClient.builder()
            .checksumValidationEnabled(false) // the frame has its own crc32c
            .overrideConfiguration(
                o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(CALL_TIMEOUT))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(connections)
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(SOCKET_TIMEOUT));
    if (access.endpoint() != null) {
      builder.endpointOverride(access.endpoint());
    }
    if (access.region() != null) {
      builder.region(Region.of(access.region()));
    }
    if (access.credentials() != null) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(
                  access.credentials().accessKey(), access.credentials().secretKey())));
    }
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw new ConfigurationException(
          List.of("the SDK finds no region: set AWS_REGION; it says " + e.getMessage()));
    }
  }
}
