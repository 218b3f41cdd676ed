package io.millrace.aws;

import io.millrace.config.ConfigurationException;
import io.millrace.config.ServiceAccess;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;

/** What the clients of SQS and S3 have in common. */
public final class AwsClients {
  /** What a call may take that is given no timeout of its own. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  /** No shorter than any timeout that a call is given, which then decides alone. */
  public static final Duration LONGEST_CALL = Duration.ofMinutes(10);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private AwsClients() {}

  /**
   * Builds a client without retries: whoever calls decides on a further try.
   *
   * @param connections most calls under way at once, at least 1
   * @param socketTimeout silence after which a connection is given up
   * @throws ConfigurationException if the SDK finds no region
   */
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
      B builder, ServiceAccess access, int connections, Duration socketTimeout) {
    builder
        .overrideConfiguration(
            o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(CALL_TIMEOUT))
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .maxConnections(connections)
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(socketTimeout));
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
