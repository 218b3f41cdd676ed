package io.millrace.toolbox.find;

import io.millrace.model.Manifest;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.pace.Backoff;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads many manifests at once, each tried several times: one lost answer among thousands is no
 * reason to give a search up. Thread-safe.
 *
 * @param store not closed here
 * @param pool decides how many are read at once; not ended here
 * @param backoff before further tries
 */
record ManifestReader(ObjectStore store, ExecutorService pool, Backoff backoff) {
  private static final int TRIES = 4;

  /**
   * The manifests at these keys that are wanted, in the order of the keys.
   *
   * @throws ObjectStoreException if one can't be read, or is no manifest
   */
  List<Manifest> read(List<String> keys, Predicate<Manifest> wanted) throws InterruptedException {
    List<Callable<@Nullable Manifest>> reads = new ArrayList<>();
    for (String key : keys) {
      reads.add(
          () -> {
            Manifest manifest = read(key);
            return wanted.test(manifest) ? manifest : null;
          });
    }
    List<Manifest> manifests = new ArrayList<>();
    for (Future<@Nullable Manifest> read : pool.invokeAll(reads)) {
      Manifest manifest = result(read);
      if (manifest != null) {
        manifests.add(manifest);
      }
    }
    return manifests;
  }

  private static @Nullable Manifest result(Future<@Nullable Manifest> read)
      throws InterruptedException {
    try {
      return read.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private Manifest read(String key) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        byte[] json = store.read(key).orElseThrow(() -> gone(key));
        return Manifest.fromJson(json);
      } catch (IllegalArgumentException foreign) {
        throw new ObjectStoreException(key + " is no manifest: " + foreign.getMessage(), foreign);
      } catch (ObjectStoreException failed) {
        if (tries == TRIES) {
          throw failed;
        }
      }
      backoff.pauseAfter(tries);
    }
  }

  private static ObjectStoreException gone(String key) {
    return new ObjectStoreException(key + " was listed, and is gone");
  }
}
