package io.millrace.web.http.body;

import io.millrace.web.http.answer.ProblemException;
import io.millrace.web.http.body.BodyLimits.Unfinished;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;

/**
 * Takes one body as it comes, within its limits of bytes and time, and never waits for it. Reserves
 * for bytes that are there, before it copies them: a Content-Length alone reserves nothing, one
 * byte at most {@value #FIRST_BYTES}, and more at most four times what has come.
 *
 * <p>Not thread-safe, but for {@link Unfinished}.
 */
public final class BodyReader implements Unfinished {
  /**
   * After so many bytes of one body other connections have their turn. A small request beside
   * hundreds of large bodies waits for one such turn of each.
   */
  static final int BODY_BYTES_A_TURN = 32 << 10;

  private static final int FIRST_BYTES = 1024;

  /** Once this part of it has come, room for the whole body is made in one step. */
  private static final long QUARTERS = 4;

  private static final byte[] NONE = {};

  private final BodyLimits limits;
  private final long contentLength;
  private final Reservation reservation;
  private final long startedNanos;
  private byte[] bytes = NONE;
  private int length;

  /** How far a call of {@link #read} came. */
  public enum Progress {
    /** That was the last of it. */
    ENDED,
    /** Nothing more is there now: the source has to be asked. */
    WAITS,
    /** There may be more, but it is another's turn. */
    YIELDS
  }

  /**
   * Reserves nothing yet.
   *
   * @param contentLength as told by the client, -1 if it wasn't
   * @param reservation takes what is reserved; the caller ends it
   * @throws ProblemException if the body is too large
   */
  public BodyReader(BodyLimits limits, long contentLength, Reservation reservation)
      throws ProblemException {
    if (contentLength > limits.maxBytes()) {
      throw BodyLimits.tooLarge(limits.maxBytes());
    }
    this.limits = limits;
    this.contentLength = contentLength;
    this.reservation = reservation;
    startedNanos = limits.nowNanos();
  }

  /**
   * Takes what has come.
   *
   * @throws IOException if the client or the network broke off
   * @throws ProblemException if the body is too large or too slow, or there is no room for it
   */
  public Progress read(Content.Source source) throws IOException, ProblemException {
    long turnEnds = (long) length + BODY_BYTES_A_TURN;
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        return Progress.WAITS;
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
        return Progress.ENDED;
      }
      if (length != contentLength && isTooSlow()) {
        throw limits.tooSlow();
      }
      if (length >= turnEnds) {
        return Progress.YIELDS;
      }
    }
  }

  /** What has come so far; later reads change it. */
  public Body body() {
    return new Body(bytes, length);
  }

  private void append(ByteBuffer more) throws ProblemException {
    int count = more.remaining();
    int needed = Math.addExact(length, count);
    if (needed > limits.maxBytes()) {
      throw BodyLimits.tooLarge(limits.maxBytes());
    }
    if (needed > bytes.length) {
      if (length == 0 && needed == contentLength) {
        reservation.whole();
      }
      bytes = grown(bytes, size(needed), reservation);
    }
    more.get(bytes, length, count);
    length = needed;
  }

  private int size(int needed) {
    if (contentLength >= 0 && QUARTERS * needed >= contentLength) {
      return (int) Math.max(contentLength, needed);
    }
    long most = contentLength >= 0 ? contentLength : limits.maxBytes();
    return (int) Math.min(most, Math.max(FIRST_BYTES, 2L * needed));
  }

  /** A larger array with the bytes of a full one; both are reserved while there are both. */
  static byte[] grown(byte[] full, int size, Reservation reservation) throws ProblemException {
    reservation.add(size);
    byte[] larger = full.length == 0 ? new byte[size] : Arrays.copyOf(full, size);
    reservation.giveBack(full.length);
    return larger;
  }

  @Override
  public boolean isTooSlow() {
    return limits.isTooSlow(startedNanos, length);
  }

  @Override
  public long startedNanos() {
    return startedNanos;
  }

  @Override
  public long receivedBytes() {
    return length;
  }

  @Override
  public long heldBytes() {
    return bytes.length;
  }

  /** An idle connection is one more way to be slow. */
  private IOException failure(Throwable cause) throws ProblemException {
    if (cause instanceof TimeoutException) {
      throw limits.tooSlow();
    }
    return cause instanceof IOException broken ? broken : new IOException(cause);
  }
}
