package io.millrace.toolbox.bucket;

import io.millrace.object.ListCursor;
import io.millrace.object.ListPage;
import io.millrace.object.Listing;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads of the bucket, each tried several times: one answer lost among thousands is no reason to
 * say that something could not be looked at. What the store refuses is not asked for again. Each
 * method throws {@link ObjectStoreException} when all tries have failed. Thread-safe.
 *
 * @param store not closed here
 * @param backoff before further tries
 */
public record Reads(ObjectStore store, Backoff backoff, Ticker ticker) {
  private static final int TRIES = 4;

  /** What is done with an open object; from the start again if reading it fails. */
  @FunctionalInterface
  public interface Use<T> {
    /**
     * Reads on.
     *
     * @param in throws {@link ObjectStoreException} if the store fails
     * @throws IOException if what was read makes no sense, which no further try would change
     */
    T use(InputStream in) throws IOException;
  }

  /** One page of keys, as {@link ObjectStore#list}. */
  public ListPage list(ListCursor from) throws InterruptedException {
    return tried(() -> store.list(from));
  }

  /** All keys under a prefix that are behind another; null for all. */
  public Listing listing(String prefix, @Nullable String after) {
    return new Listing(this::list, prefix, after);
  }

  /** What lies at the key, or empty if nothing does. */
  public Optional<ObjectInfo> head(String key) throws InterruptedException {
    return tried(() -> store.head(key));
  }

  /**
   * An object's bytes.
   *
   * @param most bytes that it may have; no more are kept in memory
   * @throws IOException if it has more
   */
  public byte[] whole(String key, int most) throws IOException, InterruptedException {
    return use(
        key,
        in -> {
          byte[] bytes = in.readNBytes(most + 1);
          if (bytes.length > most) {
            throw new IOException(key + " has more than " + most + " bytes");
          }
          return bytes;
        });
  }

  /** A part of an object, as {@link ObjectStore#get(String, long, int)}. */
  public byte[] part(String key, long offset, int length) throws InterruptedException {
    return tried(() -> store.get(key, offset, length));
  }

  /**
   * Opens an object and closes it after use.
   *
   * @throws IOException of the use
   */
  public <T> T use(String key, Use<T> use) throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try (InputStream in = new Told(store.get(key))) {
        return use.use(in);
      } catch (ObjectStoreException failed) {
        pauseOrThrow(failed, tries);
      }
    }
  }

  private interface Call<T> {
    T call();
  }

  private <T> T tried(Call<T> call) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return call.call();
      } catch (ObjectStoreException failed) {
        pauseOrThrow(failed, tries);
      }
    }
  }

  private void pauseOrThrow(ObjectStoreException failed, int tries) throws InterruptedException {
    boolean refused = failed.status() >= 400 && failed.status() < 500 && !failed.isThrottling();
    if (refused || tries == TRIES) {
      throw failed;
    }
    ticker.pause(backoff.delay(tries));
  }

  /** Tells a store that fails from bytes that make no sense to whoever unpacks them. */
  private static final class Told extends FilterInputStream {
    Told(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      try {
        return in.read();
      } catch (IOException | RuntimeException failed) {
        throw lost(failed);
      }
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      try {
        return in.read(to, offset, length);
      } catch (IOException | RuntimeException failed) {
        throw lost(failed);
      }
    }

    private static ObjectStoreException lost(Exception failed) {
      return new ObjectStoreException("reading broke off: " + failed.getMessage(), failed);
    }
  }
}
