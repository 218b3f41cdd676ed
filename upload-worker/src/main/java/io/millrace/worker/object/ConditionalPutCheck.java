package io.millrace.worker.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.object.Content;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.pace.Backoff;
import java.time.Duration;

/**
 * Makes sure at start that the store honours {@code If-None-Match: *}, on which "nothing twice"
 * rests: a store that doesn't would overwrite objects. Uses one small object, always the same, that
 * readers pass over.
 */
public final class ConditionalPutCheck {
  /** Name of the object, behind the key prefix. */
  public static final String KEY = "_probe";

  private static final Content CONTENT =
      Content.of("Written once, to see whether a second write is refused.\n".getBytes(UTF_8));
  private static final int TRIES = 5;

  private ConditionalPutCheck() {}

  /**
   * Writes the object twice, and reads it.
   *
   * @param prefix empty, or ending in a slash
   * @param backoff between tries, when another worker starts at the same time
   * @throws ObjectStoreException if the store can't be written to or read, or overwrites
   */
  public static void run(ObjectStore store, String prefix, Duration timeout, Backoff backoff)
      throws InterruptedException {
    put(store, prefix + KEY, timeout, backoff);
    PutResult second = put(store, prefix + KEY, timeout, backoff);
    if (second instanceof PutResult.Stored) {
      throw new ObjectStoreException(
          "the store ignores If-None-Match: a second PUT of "
              + prefix
              + KEY
              + " should have been refused with 412, but was answered with success");
    }
    read(store, prefix + KEY);
  }

  /** A worker that may write and not read would find out when its first message came twice. */
  private static void read(ObjectStore store, String key) {
    try {
      if (store.read(key).isEmpty()) {
        throw new ObjectStoreException("the store doesn't give what was put: " + key);
      }
    } catch (ObjectStoreException e) {
      throw new ObjectStoreException("can't read from the store: " + e.getMessage(), e);
    }
  }

  private static PutResult put(ObjectStore store, String key, Duration timeout, Backoff backoff)
      throws InterruptedException {
    for (int tries = 1; ; tries++) {
      PutResult result = store.putIfAbsent(key, CONTENT, "text/plain", timeout);
      if (!(result instanceof PutResult.Unknown unknown)) {
        return result;
      }
      if (!unknown.cause().isConflict() || tries == TRIES) {
        throw new ObjectStoreException(
            "can't write to the store: " + unknown.cause().getMessage(), unknown.cause());
      }
      backoff.pauseAfter(tries);
    }
  }
}
