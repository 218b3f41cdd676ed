package io.millrace.object;

import org.jspecify.annotations.Nullable;

/** A call to the store that was refused or not answered; the message names what and why. */
public final class ObjectStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What S3 answers when asked too often: SlowDown, or RequestLimitExceeded of others. */
  private static final int SLOW_DOWN = 503;

  private static final int TOO_MANY_REQUESTS = 429;

  private final int status;

  public ObjectStoreException(String message) {
    super(message);
    this.status = 0;
  }

  public ObjectStoreException(String message, Throwable cause) {
    this(message, 0, cause);
  }

  /**
   * @param status the HTTP status of the answer, 0 if there was none
   */
  public ObjectStoreException(String message, int status, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** The HTTP status of the answer, 0 if there was none. */
  public int status() {
    return status;
  }

  /** Whether the store works, but was asked too often. */
  public boolean isThrottling() {
    return status == SLOW_DOWN || status == TOO_MANY_REQUESTS;
  }
}
