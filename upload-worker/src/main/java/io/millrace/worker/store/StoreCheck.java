package io.millrace.worker.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.model.ObjectKeys;
import io.millrace.object.Content;
import io.millrace.object.ListCursor;
import io.millrace.object.ListPage;
import io.millrace.object.Listing;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries at start, in each folder of the bucket that a worker uses, what "nothing twice" and
 * "nothing lost" rest on, and names the first thing that the store does differently: a PUT with
 * {@code If-None-Match: *}, reading back, HEAD of what is there and of what is not, LIST with its
 * order, its bounds and its pages.
 *
 * <p>It writes two small objects a folder, always the same, so any number of workers may start
 * together. Readers pass over them. One use, one thread.
 */
public final class StoreCheck {
  /** Name of the first object, behind the folder. */
  public static final String KEY = "_probe";

  /** Name of the second one, which LIST shows behind the first. */
  static final String SECOND = KEY + ".2";

  /** Nothing ever lies there. */
  private static final String ABSENT = KEY + ".none";

  private static final Logger LOG = LoggerFactory.getLogger(StoreCheck.class);

  private static final byte[] BYTES =
      "Written once, to see whether a second write is refused.\n".getBytes(UTF_8);
  private static final Content CONTENT = Content.of(BYTES);
  private static final int TRIES = 5;
  private static final int FORBIDDEN = 403;

  private final ObjectStore store;
  private final Duration timeout;
  private final Backoff backoff;
  private final Ticker ticker;

  /**
   * @param timeout of a PUT
   * @param backoff between tries, when another worker starts at the same time
   */
  public StoreCheck(ObjectStore store, Duration timeout, Backoff backoff, Ticker ticker) {
    this.store = store;
    this.timeout = timeout;
    this.backoff = backoff;
    this.ticker = ticker;
  }

  /**
   * Checks each folder that a worker uses, since permissions may differ by folder.
   *
   * @param isRolled whether batches are gathered in rolls, with claims and manifests beside them
   * @throws ObjectStoreException if the store does any of what is used there differently
   */
  public void folders(ObjectKeys keys, boolean isRolled) throws InterruptedException {
    if (!isRolled) {
      writing(keys.prefix());
      return;
    }
    for (String folder : List.of(keys.prefix(), keys.claims(), keys.manifests())) {
      all(folder);
    }
  }

  /**
   * Checks a folder that is only written, each key conditionally.
   *
   * @param folder empty, or ending in a slash
   * @throws ObjectStoreException if the store can't be written to or read, or overwrites
   */
  public void writing(String folder) throws InterruptedException {
    put(folder + KEY);
    if (put(folder + KEY) instanceof PutResult.Stored) {
      throw new ObjectStoreException(
          "the store ignores If-None-Match: a second PUT of "
              + folder
              + KEY
              + " should have been refused with 412, but was answered with success; use a store, or"
              + " a version of it, that knows conditional writes");
    }
    read(folder + KEY);
  }

  /**
   * Checks a folder in which a worker also looks for what is there and what is not.
   *
   * @param folder empty, or ending in a slash
   * @throws ObjectStoreException if the store does any of that differently
   */
  public void all(String folder) throws InterruptedException {
    writing(folder);
    put(folder + SECOND);
    head(folder);
    list(folder);
    startAfter(folder);
  }

  /** A worker that may write and not read would find out when its first message came twice. */
  private void read(String key) {
    Optional<byte[]> read;
    try {
      read = store.read(key);
    } catch (ObjectStoreException e) {
      throw new ObjectStoreException("can't read from the store: " + e.getMessage(), e);
    }
    if (read.isEmpty() || !Arrays.equals(read.get(), BYTES)) {
      throw new ObjectStoreException(
          "the store doesn't give what was put: "
              + key
              + " should have "
              + BYTES.length
              + " bytes that it was written with, but "
              + read.map(bytes -> bytes.length + " others came").orElse("nothing is there")
              + "; if someone else wrote it, delete it");
    }
  }

  /** Its size tells a tombstone from data, and that nothing is there lets a roll be fenced. */
  private void head(String folder) {
    long found = head(folder, KEY).map(ObjectInfo::size).orElse(-1L);
    if (found != BYTES.length) {
      throw new ObjectStoreException(
          "the store's HEAD of "
              + folder
              + KEY
              + (found < 0 ? " finds nothing" : " tells of " + found + " bytes")
              + ", where "
              + BYTES.length
              + " were put and can be read; a proxy or cache before the store must pass HEAD on");
    }
    if (head(folder, ABSENT).isPresent()) {
      throw new ObjectStoreException(
          "the store's HEAD tells of an object at "
              + folder
              + ABSENT
              + ", where none was ever put; a proxy or cache before the store must pass HEAD on");
    }
  }

  private Optional<ObjectInfo> head(String folder, String name) {
    try {
      return store.head(folder + name);
    } catch (ObjectStoreException e) {
      if (e.status() != FORBIDDEN) {
        throw new ObjectStoreException("can't look at the store: " + e.getMessage(), e);
      }
      throw new ObjectStoreException(
          name.equals(ABSENT)
              ? "the store answers HEAD of a key where nothing lies with 403 and not with 404:"
                  + " allow s3:ListBucket on the whole bucket, without a condition on s3:prefix ("
                  + e.getMessage()
                  + ")"
              : "the store refuses HEAD of an object that it gives by GET: allow s3:GetObject"
                  + " without conditions ("
                  + e.getMessage()
                  + ")",
          FORBIDDEN,
          e);
    }
  }

  /** Pages of one key show whether a listing of many pages comes to its end, and by which way. */
  private void list(String folder) throws InterruptedException {
    String prefix = folder + KEY;
    List<String> listed = new ArrayList<>();
    try {
      Listing listing = new Listing(from -> store.list(from.inPagesOf(1)), prefix, null);
      for (ObjectInfo info = listing.next(); info != null; info = listing.next()) {
        if (isOurs(folder, info.key())) {
          listed.add(info.key());
          checkSize(info);
        }
      }
    } catch (ObjectStoreException e) {
      throw odd(String.valueOf(e.getMessage()), e);
    }
    List<String> expected = List.of(folder + KEY, folder + SECOND);
    if (!listed.equals(expected)) {
      throw odd(
          "the store's LIST of \"%s\" in pages of 1 brought %s, not %s"
              .formatted(prefix, listed, expected),
          null);
    }
  }

  private static boolean isOurs(String folder, String key) {
    return key.equals(folder + KEY) || key.equals(folder + SECOND);
  }

  private static void checkSize(ObjectInfo info) {
    if (info.size() != BYTES.length) {
      throw new ObjectStoreException(
          "the store's LIST tells of %d bytes at %s, where %d were put"
              .formatted(info.size(), info.key(), BYTES.length));
    }
  }

  /**
   * What lies up to the key is left out of every listing here, so a store that lists it all the
   * same costs calls and no more.
   */
  private void startAfter(String folder) throws InterruptedException {
    String after = folder + KEY;
    ObjectInfo first;
    try {
      ListPage page = store.list(ListCursor.of(after, after).inPagesOf(1));
      if (page.objects().isEmpty() && page.next() != null && page.next().barren() == 0) {
        LOG.warn(
            "The store's LIST does not begin behind start-after, but at or before it, in \"{}\":"
                + " that is seen to, but costs more calls; a store that keeps to S3's API saves"
                + " them",
            folder);
      }
      first = new Listing(store::list, after, after).next();
    } catch (ObjectStoreException e) {
      throw odd(String.valueOf(e.getMessage()), e);
    }
    if (first == null) {
      throw odd(
          "the store's LIST of \"%s\" behind itself brought nothing, not %s"
              .formatted(after, folder + SECOND),
          null);
    }
  }

  private static ObjectStoreException odd(String what, @Nullable Throwable cause) {
    return new ObjectStoreException(
        what
            + "; the worker relies on having seen every key: use a store, or a version of it, whose"
            + " ListObjectsV2 is as S3's, and no proxy that changes its answers",
        0,
        cause);
  }

  private PutResult put(String key) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      PutResult result = store.putIfAbsent(key, CONTENT, "text/plain", timeout);
      if (!(result instanceof PutResult.Unknown unknown)) {
        return result;
      }
      if (!unknown.cause().isConflict() || tries == TRIES) {
        throw new ObjectStoreException(
            "can't write to the store: " + unknown.cause().getMessage(), unknown.cause());
      }
      ticker.pause(backoff.delay(tries));
    }
  }
}
