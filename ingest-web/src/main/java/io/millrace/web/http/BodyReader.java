package io.millrace.web.http;

import io.millrace.pace.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;

/**
 * Reads a body within its limits of bytes and time, reserving before it allocates: the whole of a
 * Content-Length, or piece by piece as it comes.
 *
 * <p>Thread-safe.
 */
final class BodyReader {
  private static final int FIRST_BYTES = 8192;

  /** How far a body that was refused is read on, so that its client gets to see the answer. */
  static final long MAX_DISCARDED_BYTES = 64L << 20;

  private final int maxBytes;
  private final long maxNanos;
  private final Ticker ticker;

  /**
   * @param maxBytes most bytes of a body, sent or unpacked
   * @param maxTime from the first read to the last
   */
  BodyReader(int maxBytes, Duration maxTime, Ticker ticker) {
    this.maxBytes = maxBytes;
    this.maxNanos = maxTime.toNanos();
    this.ticker = ticker;
  }

  /**
   * Reads and unpacks.
   *
   * @param contentLength as told by the client, -1 if it wasn't
   * @param reservation gets all that is allocated
   * @throws IOException if the connection breaks
   */
  Body read(InputStream in, long contentLength, Headers.Encoding encoding, Reservation reservation)
      throws IOException, ProblemException {
    if (contentLength > maxBytes) {
      throw tooLarge(maxBytes);
    }
    Body sent =
        contentLength >= 0
            ? readKnown(in, (int) contentLength, reservation)
            : readUnknown(in, reservation);
    return switch (encoding) {
      case IDENTITY -> sent;
      case GZIP -> Decompression.gzip(sent, maxBytes, reservation);
      case ZSTD -> Decompression.zstd(sent, maxBytes, reservation);
    };
  }

  private Body readKnown(InputStream in, int length, Reservation reservation)
      throws IOException, ProblemException {
    reservation.add(length);
    byte[] bytes = new byte[length];
    int at = fill(in, bytes, 0, deadline());
    return new Body(bytes, at);
  }

  private Body readUnknown(InputStream in, Reservation reservation)
      throws IOException, ProblemException {
    long deadline = deadline();
    int first = Math.min(FIRST_BYTES, maxBytes + 1);
    reservation.add(first);
    byte[] bytes = new byte[first];
    int at = fill(in, bytes, 0, deadline);
    while (at == bytes.length) {
      bytes = grown(bytes, maxBytes, reservation);
      at = fill(in, bytes, at, deadline);
    }
    return new Body(bytes, at);
  }

  /** Twice the array, up to one byte more than allowed, so that what is too large shows. */
  static byte[] grown(byte[] full, int maxBytes, Reservation reservation) throws ProblemException {
    if (full.length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    int larger = (int) Math.min(maxBytes + 1L, 2L * full.length);
    reservation.add(larger);
    return Arrays.copyOf(full, larger);
  }

  /** Reads until the array is full or the body ends; tells how far. */
  private int fill(InputStream in, byte[] bytes, int from, long deadline)
      throws IOException, ProblemException {
    int at = from;
    while (at < bytes.length) {
      int count = readSome(in, bytes, at);
      if (count < 0) {
        return at;
      }
      at += count;
      if (at < bytes.length && ticker.nanos() - deadline > 0) {
        throw tooSlow();
      }
    }
    return at;
  }

  /** A connection on which nothing comes is the network's fault, not the body's. */
  private int readSome(InputStream in, byte[] bytes, int at) throws IOException, ProblemException {
    try {
      return in.read(bytes, at, bytes.length - at);
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw tooSlow();
      }
      throw e;
    }
  }

  /**
   * Reads the rest of a refused body without keeping it: a connection that is closed while the
   * client still writes is reset, and the client then never sees the answer.
   */
  void readOver(InputStream in) {
    try {
      if (in.read() >= 0) {
        discard(in, new byte[FIRST_BYTES]);
      }
    } catch (IOException e) {
      // Nobody waits for the answer any more.
    }
  }

  private void discard(InputStream in, byte[] scratch) throws IOException {
    long deadline = deadline();
    for (long left = MAX_DISCARDED_BYTES; left > 0; ) {
      int count = in.read(scratch);
      if (count < 0 || ticker.nanos() - deadline > 0) {
        return;
      }
      left -= count;
    }
  }

  private ProblemException tooSlow() {
    return new ProblemException(
        ProblemType.REQUEST_TIMEOUT,
        "the body did not come within " + Duration.ofNanos(maxNanos).toMillis() + " ms");
  }

  private long deadline() {
    return ticker.nanos() + maxNanos;
  }

  static ProblemException tooLarge(int maxBytes) {
    return new ProblemException(
        ProblemType.BODY_TOO_LARGE, "the body has more than " + maxBytes + " bytes");
  }
}
