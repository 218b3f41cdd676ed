package io.millrace.config;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an AWS service is and how to sign for it. What is null is left to the SDK's own chain:
 * environment, profile, container or instance role.
 *
 * @param endpoint null for the SDK's choice
 * @param region null for the SDK's choice
 * @param credentials null for the SDK's chain
 * @param custom whether the service is not AWS's own: S3 is then addressed by path
 */
public record ServiceAccess(
    @Nullable URI endpoint,
    @Nullable String region,
    @Nullable Credentials credentials,
    boolean custom) {

  /** An access key pair. Its text form leaves the secret out. */
  public record Credentials(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "Credentials[" + accessKey + "]";
    }
  }

  /**
   * All by the SDK.
   *
   * @param environment looked at only for whether an endpoint of our own is set
   */
  public static ServiceAccess bySdk(Map<String, String> environment) {
    boolean custom =
        environment.containsKey("AWS_ENDPOINT_URL")
            || environment.containsKey("AWS_ENDPOINT_URL_S3");
    return new ServiceAccess(null, null, null, custom);
  }

  /** A server of our own, on this machine or in a test. */
  public static ServiceAccess of(URI endpoint, String accessKey, String secretKey) {
    return new ServiceAccess(endpoint, "us-east-1", new Credentials(accessKey, secretKey), true);
  }
}
