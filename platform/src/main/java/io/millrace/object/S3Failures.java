package io.millrace.object;

import io.millrace.aws.AwsFailures;
import io.millrace.config.ConfigurationException;
import java.util.List;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Tells the SDK's failures apart. Stateless and thread-safe. */
final class S3Failures {
  private static final int PRECONDITION_FAILED = 412;

  private S3Failures() {}

  /** Whether S3 itself says that something lies at the key: a hop's 412 says nothing of it. */
  static boolean isAlreadyThere(SdkException failure) {
    return AwsFailures.status(failure) == PRECONDITION_FAILED
        && "PreconditionFailed".equals(AwsFailures.code(failure));
  }

  /** Names what was tried; keeps an interrupt that the SDK turned into an exception. */
  static ObjectStoreException named(String what, String bucket, SdkException failure) {
    if (failure instanceof AbortedException) {
      Thread.currentThread().interrupt();
    }
    String message = what + " in bucket " + bucket + ": " + AwsFailures.text(failure);
    int status = AwsFailures.status(failure);
    return failure instanceof SdkServiceException answer && answer.isThrottlingException()
        ? ObjectStoreException.throttled(message, status, failure)
        : new ObjectStoreException(message, status, failure);
  }

  /** As {@link #named}, with what helps if every PUT fails so. */
  static ObjectStoreException put(String key, String bucket, SdkException failure) {
    ObjectStoreException named = named("put " + key, bucket, failure);
    String help =
        switch (AwsFailures.code(failure) == null ? 0 : named.status()) {
          case 400, 411, 501 ->
              "; a store without checksum trailers takes"
                  + " AWS_REQUEST_CHECKSUM_CALCULATION=when_required: docs/deployment.md";
          case 403 ->
              "; it takes s3:PutObject, and OBJECT_SSE if the bucket's policy demands encryption";
          default -> "";
        };
    return help.isEmpty() || named.isThrottling()
        ? named
        : new ObjectStoreException(named.getMessage() + help, named.status(), failure);
  }

  /**
   * Why a bucket can't be used, with what to do.
   *
   * @return a {@link ConfigurationException} if a setting is wrong, else an {@link
   *     ObjectStoreException}
   */
  static RuntimeException using(String bucket, String prefix, SdkException failure) {
    String region = AwsFailures.header(failure, "x-amz-bucket-region").orElse("");
    String code = String.valueOf(AwsFailures.code(failure));
    int status = AwsFailures.status(failure);
    if (status == 301 || code.equals("AuthorizationHeaderMalformed")) {
      String where = region.isEmpty() ? "another region" : "region " + region;
      return configuration(
          "bucket "
              + bucket
              + " is in "
              + where
              + ": set AWS_REGION to it, "
              + AwsFailures.text(failure));
    }
    String fault = AwsFailures.settingsFault(failure);
    if (fault != null) {
      return configuration("bucket " + bucket + ": " + fault);
    }
    return switch (code) {
      case "NoSuchBucket" ->
          new ObjectStoreException("there is no bucket " + bucket + " at this endpoint", failure);
      case "AccessDenied" ->
          new ObjectStoreException(
              "bucket %s may not be listed under \"%s\", which takes s3:ListBucket: %s"
                  .formatted(bucket, prefix, AwsFailures.text(failure)),
              status,
              failure);
      default -> named("list " + prefix, bucket, failure);
    };
  }

  private static ConfigurationException configuration(String fault) {
    return new ConfigurationException(List.of(fault));
  }
}
