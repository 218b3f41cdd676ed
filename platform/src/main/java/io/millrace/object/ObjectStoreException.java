package io.millrace.object;

import org.jspecify.annotations.Nullable;

/** A call to the store that was refused or not answered; the message names what and why. */
public final class ObjectStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What S3 answers to one of two conditional writes at the same time. */
  private static final int CONFLICT = 409;

  private static final int TIMEOUT = 408;
  private static final int TOO_LARGE = 413;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY = 429;

  private final int status;
  private final boolean throttling;

  public ObjectStoreException(String message) {
    this(message, 0, null);
  }

  public ObjectStoreException(String message, Throwable cause) {
    this(message, 0, cause);
  }

  /**
   * @param status the HTTP status of the answer, 0 if there was none
   */
  public ObjectStoreException(String message, int status, @Nullable Throwable cause) {
    this(message, status, false, cause);
  }

  private ObjectStoreException(
      String message, int status, boolean throttling, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.throttling = throttling;
  }

  /**
   * For a store that works, but was asked too often: S3's SlowDown, or 429 of others.
   *
   * @param status the HTTP status of the answer
   */
  public static ObjectStoreException throttled(
      String message, int status, @Nullable Throwable cause) {
    return new ObjectStoreException(message, status, true, cause);
  }

  /** The HTTP status of the answer, 0 if there was none. */
  public int status() {
    return status;
  }

  /** Whether the store works, but was asked too often. */
  public boolean isThrottling() {
    return throttling;
  }

  /**
   * Whether the service refused this call for a reason that does not pass by itself: a 4xx but
   * those that ask for a further try. That may concern this key, its content, or every call.
   */
  public boolean isRefusal() {
    return status >= 400
        && status < 500
        && !throttling
        && status != TIMEOUT
        && status != CONFLICT
        && status != TOO_EARLY
        && status != TOO_MANY;
  }

  /** Whether the service, or a hop before it, takes no body of this length. */
  public boolean isTooLarge() {
    return status == TOO_LARGE;
  }

  /** Whether another conditional write was under way at the same key: try again. */
  public boolean isConflict() {
    return status == CONFLICT;
  }
}
