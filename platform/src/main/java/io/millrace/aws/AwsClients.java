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
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/** What the clients of SQS and S3 have in common. */
public final class AwsClients {
  /** What a call may take that is given no timeout of its own. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  /** No shorter than any timeout that a call is given, which then decides alone. */
  public static final Duration LONGEST_CALL = Duration.ofMinutes(10);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Shorter than servers keep a silent connection: one that the other side closed is no use. */
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);

  private AwsClients() {}

  /**
   * Builds a client without retries: whoever calls decides on a further try.
   *
   * @param connections most calls under way at once, at least 1
   * @param socketTimeout silence after which a connection is given up
   * @throws ConfigurationException if the SDK can't use the AWS settings, with what to do
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
                .connectionMaxIdleTime(IDLE_TIMEOUT)
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
      checkProfiles(access);
      return builder.build();
    } catch (RuntimeException e) { // a broken profile file throws what it likes
      throw new ConfigurationException(List.of(fault(e)));
    }
  }

  /** The SDK reads the file when it first needs it, and fails then wherever that is. */
  private static void checkProfiles(ServiceAccess access) {
    if (access.credentials() == null) {
      try {
        ProfileFile.defaultProfileFile();
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "the AWS profile file (AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE; else ~/.aws) can't"
                + " be read: "
                + e.getMessage(),
            e);
      }
    }
  }

  private static String fault(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith("Unable to load region from any of the providers")) {
      return "no AWS region found: set AWS_REGION, or region in the profile";
    }
    return failure instanceof IllegalArgumentException
        ? message
        : "the AWS settings can't be used: " + message;
  }
}
