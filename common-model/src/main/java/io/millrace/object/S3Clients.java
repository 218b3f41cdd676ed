package io.millrace.object;

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
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes S3 clients. */
final class S3Clients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(15);

  /** No shorter than any timeout that a PUT is given, which then decides. */
  private static final Duration PUT_SOCKET_TIMEOUT = Duration.ofMinutes(10);

  private S3Clients() {}

  /** A client without retries: a PUT whose answer is lost is the caller's to judge. */
  static S3Client create(ServiceAccess access, int connections) {
    return create(access, connections, SOCKET_TIMEOUT);
  }

  /** A client for PUTs, without a timeout of its own. */
  static S3Client createForPuts(ServiceAccess access, int connections) {
    return create(access, connections, PUT_SOCKET_TIMEOUT);
  }

  private static S3Client create(ServiceAccess access, int connections, Duration socketTimeout) {
    S3ClientBuilder builder =
        S3Client.builder()
            .forcePathStyle(access.custom())
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
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
