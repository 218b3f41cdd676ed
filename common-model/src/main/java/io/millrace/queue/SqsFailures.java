package io.millrace.queue;

import java.net.ConnectException;
import java.net.UnknownHostException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Tells the SDK's failures apart. */
final class SqsFailures {
  private SqsFailures() {}

  /**
   * Whether the service surely did not carry the call out: it answered 4xx, or no connection came
   * to be. 408 and everything else leave it open.
   */
  static boolean isDefinite(SdkException failure) {
    if (failure instanceof SdkServiceException answer) {
      int status = answer.statusCode();
      return status >= 400 && status < 500 && status != 408;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  /** Names what was tried; keeps an interrupt that the SDK turned into an exception. */
  static QueueException named(String what, SdkException failure) {
    if (failure instanceof AbortedException) {
      Thread.currentThread().interrupt();
    }
    return new QueueException(what + ": " + failure.getMessage(), failure);
  }
}
