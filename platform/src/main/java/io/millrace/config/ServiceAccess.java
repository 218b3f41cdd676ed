package io.millrace.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an AWS service is and how to sign for it. What is null is left to the SDK's own chain:
 * environment, profile, container or instance role.
 *
 * @param endpoint null for the SDK's choice
 * @param region null for the SDK's choice
 * @param credentials null for the SDK's chain
 */
public record ServiceAccess(
    @Nullable URI endpoint, @Nullable String region, @Nullable Credentials credentials) {

  private static final List<String> ENDPOINTS =
      List.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL_S3");

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
   * @param environment looked at only for endpoints that the SDK would stumble over
   * @throws ConfigurationException with every endpoint that is no URL
   */
  public static ServiceAccess bySdk(Map<String, String> environment) {
    List<String> faults = new ArrayList<>();
    for (String name : ENDPOINTS) {
      String url = environment.get(name);
      if (url != null && !isUrl(url)) {
        faults.add(
            name + " must be a URL as http://host:port, or not be set, but is '" + url + "'");
      }
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return new ServiceAccess(null, null, null);
  }

  private static boolean isUrl(String text) {
    try {
      URI url = new URI(text);
      return List.of("http", "https").contains(String.valueOf(url.getScheme()))
          && url.getHost() != null;
    } catch (URISyntaxException wrong) {
      return false;
    }
  }

  /** A server of our own, on this machine or in a test. */
  public static ServiceAccess of(URI endpoint, String accessKey, String secretKey) {
    return new ServiceAccess(endpoint, "us-east-1", new Credentials(accessKey, secretKey));
  }
}
