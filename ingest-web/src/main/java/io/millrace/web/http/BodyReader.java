package io.millrace.web.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;

/**
 * Takes one body as it comes, within its limits of bytes and time, and never waits for it. Reserves
 * before it allocates: the whole of a Content-Length, or piece by piece.
 *
 * <p>Not thread-safe.
 */
final class BodyReader {
  private static final int FIRST_BYTES = 8192;

  private final BodyLimits limits;
  private final Reservation reservation;
  private final long deadlineNanos;
  private byte[] bytes;
  private int length;

  /**
   * Reserves the first bytes.
   *
   * @param contentLength as told by the client, -1 if it wasn't
   * @param reservation takes what is reserved; the caller ends it
   * @throws ProblemException if the body is too large, or there is no room for it
   */
  BodyReader(BodyLimits limits, long contentLength, Reservation reservation)
      throws ProblemException {
    if (contentLength > limits.maxBytes()) {
      throw BodyLimits.tooLarge(limits.maxBytes());
    }
    this.limits = limits;
    this.reservation = reservation;
    deadlineNanos = limits.deadlineNanos();
    int first =
        contentLength >= 0 ? (int) contentLength : Math.min(FIRST_BYTES, limits.maxBytes() + 1);
    reservation.add(first);
    bytes = new byte[first];
  }

  /**
   * Takes what has come.
   *
   * @return true if that was the last of it; else the source has to be asked for more
   * @throws IOException if the client or the network broke off
   * @throws ProblemException if the body is too large or too slow, or there is no room for it
   */
  boolean read(Content.Source source) throws IOException, ProblemException {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        return false;
      }
      if (Content.Chunk.isFailure(chunk)) {
        throw failure(chunk.getFailure());
      }
      boolean last = chunk.isLast();
      try {
        append(chunk.getByteBuffer());
      } finally {
        chunk.release();
      }
      if (last) {
        return true;
      }
      if (limits.isOver(deadlineNanos)) {
        throw limits.tooSlow();
      }
    }
  }

  /** What has come so far; later reads change it. */
  Body body() {
    return new Body(bytes, length);
  }

  private void append(ByteBuffer more) throws ProblemException {
    while (more.hasRemaining()) {
      if (length == bytes.length) {
        bytes = grown(bytes, limits.maxBytes(), reservation);
      }
      int count = Math.min(more.remaining(), bytes.length - length);
      more.get(bytes, length, count);
      length += count;
    }
    if (length > limits.maxBytes()) {
      throw BodyLimits.tooLarge(limits.maxBytes());
    }
  }

  /** A larger array with the bytes of a full one. */
  static byte[] grown(byte[] full, int maxBytes, Reservation reservation) throws ProblemException {
    if (full.length > maxBytes) {
      throw BodyLimits.tooLarge(maxBytes);
    }
    int larger = (int) Math.min(maxBytes + 1L, Math.max(1L, 2L * full.length));
    reservation.add(larger);
    return Arrays.copyOf(full, larger);
  }

  /** An idle connection is one more way to be slow. */
  private IOException failure(Throwable cause) throws ProblemException {
    if (cause instanceof TimeoutException) {
      throw limits.tooSlow();
    }
    return cause instanceof IOException broken ? broken : new IOException(cause);
  }
}
