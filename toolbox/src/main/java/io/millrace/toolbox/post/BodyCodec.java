package io.millrace.toolbox.post;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** The bytes that travel: a body as it is, or gzip. Stateless and thread-safe. */
enum BodyCodec {
  /** Sends bodies as they are. */
  IDENTITY {
    @Override
    Body encode(CollectionBuffer collection) {
      return new Body(collection.bytes(), collection.length());
    }
  },

  /** Compresses each body once, whatever the number of tries. */
  GZIP {
    @Override
    Body encode(CollectionBuffer collection) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream(collection.length() / 2);
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(collection.bytes(), 0, collection.length());
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      return new Body(packed.toByteArray(), packed.size());
    }
  };

  /**
   * Bytes to send.
   *
   * @param bytes the array that holds them from index 0 on
   * @param length how many there are
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Body(byte[] bytes, int length) {}

  /** The body of a finished collection. */
  abstract Body encode(CollectionBuffer collection);
}
