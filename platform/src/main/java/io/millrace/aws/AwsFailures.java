package io.millrace.aws;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tells the SDK's failures apart, and says them in a sentence.
 *
 * <p>Balancers, proxies and firewalls on the way answer for the service, often with a status that
 * the service could have given. So a status alone says nothing: only an answer with an error code,
 * which the SDK reads from the service's own error body, counts as the service's.
 *
 * <p>Stateless and thread-safe.
 */
public final class AwsFailures {
  private static final Set<String> CREDENTIAL_CODES =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "MissingAuthenticationToken",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private AwsFailures() {}

  /** The error code in the service's own words; null if no such answer came. */
  public static @Nullable String code(SdkException failure) {
    if (failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      String code = answer.awsErrorDetails().errorCode();
      return code == null || code.isBlank() ? null : code;
    }
    return null;
  }

  /** The HTTP status of the answer, whoever made it; 0 if there was none. */
  public static int status(SdkException failure) {
    return failure instanceof AwsServiceException answer ? answer.statusCode() : 0;
  }

  /** Whether no byte of the request was sent: no connection came to be. */
  public static boolean isNeverSent(SdkException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof NoRouteToHostException
          || cause instanceof UnknownHostException
          || cause instanceof ConnectTimeoutException
          || cause instanceof ConnectionRequestTimeoutException
          || cause instanceof SSLHandshakeException) {
        return true;
      }
    }
    return false;
  }

  /** A header of the answer. */
  public static Optional<String> header(SdkException failure, String name) {
    if (failure instanceof AwsServiceException answer) {
      AwsErrorDetails details = answer.awsErrorDetails();
      if (details != null && details.sdkHttpResponse() != null) {
        return details.sdkHttpResponse().firstMatchingHeader(name);
      }
    }
    return Optional.empty();
  }

  /**
   * What to set so that calls can be made at all: there are no credentials, or nobody knows them.
   *
   * @return null if that is not what failed
   */
  public static @Nullable String settingsFault(SdkException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith("Unable to load credentials from any of the providers")) {
      return "no AWS credentials found in environment, profile, container or instance: set"
          + " AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the process a"
          + " role";
    }
    String code = code(failure);
    return code != null && CREDENTIAL_CODES.contains(code)
        ? "the AWS credentials are refused (" + code + "): " + text(failure)
        : null;
  }

  /** Why a call failed, in a line. */
  public static String text(SdkException failure) {
    int status = status(failure);
    if (status == 0) {
      return oneLine(cause(failure));
    }
    String code = code(failure);
    if (code == null) {
      return "status " + status + " without the service's own error";
    }
    String said = ((AwsServiceException) failure).awsErrorDetails().errorMessage();
    return said == null || said.isBlank()
        ? code + ", status " + status
        : code + ", status " + status + ": " + oneLine(said);
  }

  /** Messages of the SDK's client side often say no more than that something went wrong. */
  private static String cause(SdkException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(failure.getMessage());
    String deepest = root.getMessage();
    if (root instanceof UnknownHostException) {
      return "unknown host " + deepest;
    }
    return deepest == null || message.contains(deepest) ? message : message + " (" + deepest + ")";
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
