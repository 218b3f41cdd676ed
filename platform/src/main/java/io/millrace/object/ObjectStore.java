package io.millrace.object;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * A bucket: what Millrace needs of S3, no more. Objects are never overwritten and never deleted
 * here.
 *
 * <p>Thread-safe. No call retries by itself. Calls other than {@link #putIfAbsent} throw {@link
 * ObjectStoreException} when the service refuses or does not answer.
 */
public interface ObjectStore extends AutoCloseable {
  /**
   * Writes an object unless one is there ({@code If-None-Match: *}).
   *
   * @param content the bytes, in parts that are written one behind the other; not to be changed
   *     meanwhile
   * @param contentType media type kept with the object
   * @param timeout how long to wait for the answer, more than 0
   * @return what is known afterwards; never throws for a fault of the service
   */
  PutResult putIfAbsent(String key, Content content, String contentType, Duration timeout);

  /**
   * What lies at the key, or empty if nothing does. An answer to HEAD has no body, so a 404 of the
   * store can't be told from one that was made on the way: only a PUT decides that a key is free.
   */
  Optional<ObjectInfo> head(String key);

  /**
   * One page of keys, usually up to 1,000; {@link Listing} asks for all of them.
   *
   * @return it alone says whether there is more: an empty page does not end a listing
   * @throws ObjectStoreException also if the keys are out of order or the listing makes no progress
   */
  ListPage list(ListCursor from);

  /**
   * Opens an object for reading; the caller closes the stream.
   *
   * @throws ObjectStoreException also if nothing lies at the key
   */
  InputStream get(String key);

  /**
   * Reads a small object.
   *
   * @return all its bytes, or empty if nothing lies at the key
   */
  Optional<byte[]> read(String key);

  /**
   * Reads a part of an object.
   *
   * @param offset of the first byte, 0 or more
   * @param length of the part, at least 1; the object has all of it
   * @return exactly so many bytes, in a new array
   * @throws ObjectStoreException also if nothing, or less than that, lies at the key
   */
  byte[] get(String key, long offset, int length);

  /**
   * Asks for the bucket, by a listing of one key at most: whoever may use a part of it may not be
   * allowed to ask for it as a whole.
   *
   * @param prefix that is going to be listed
   * @throws ObjectStoreException if it is missing or may not be listed
   * @throws io.millrace.config.ConfigurationException if the settings name another region, or
   *     credentials that the store does not know
   */
  void checkBucket(String prefix);

  @Override
  void close();
}
