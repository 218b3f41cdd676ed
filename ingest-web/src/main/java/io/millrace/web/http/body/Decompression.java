package io.millrace.web.http.body;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.millrace.codec.GzipMembers;
import io.millrace.web.http.answer.ProblemException;
import io.millrace.web.http.answer.ProblemType;
import java.io.IOException;

/**
 * Unpacks bodies up to a limit, so that a small body that swells is cut off there.
 *
 * <p>Stateless and thread-safe.
 */
public final class Decompression {
  /** A first guess of how far telemetry unpacks; wrong guesses grow. */
  private static final int GUESSED_RATIO = 4;

  private static final int FIRST_BYTES = 4096;

  private Decompression() {}

  /** The body as it was before it was packed. */
  public static Body unpack(
      Body sent, Headers.Encoding encoding, int maxBytes, Reservation reservation)
      throws ProblemException {
    return switch (encoding) {
      case IDENTITY -> sent;
      case GZIP -> gzip(sent, maxBytes, reservation);
      case ZSTD -> zstd(sent, maxBytes, reservation);
    };
  }

  /** One or more gzip members. */
  private static Body gzip(Body packed, int maxBytes, Reservation reservation)
      throws ProblemException {
    byte[] bytes = first(packed, maxBytes, reservation);
    int at = 0;
    try (GzipMembers in = GzipMembers.of(packed.bytes(), packed.length())) {
      while (true) {
        int count = in.read(bytes, at, bytes.length - at);
        if (count < 0) {
          return new Body(bytes, at);
        }
        at += count;
        if (at == bytes.length) {
          bytes = larger(bytes, maxBytes, reservation);
        }
      }
    } catch (IOException e) {
      throw new ProblemException(
          ProblemType.BODY_NOT_DECOMPRESSIBLE, "the body is not gzip, or is cut off");
    }
  }

  /**
   * One or more zstd frames. Unpacked in one call into an array that is the window itself, so that
   * a frame which asks for a large window gets none.
   */
  private static Body zstd(Body packed, int maxBytes, Reservation reservation)
      throws ProblemException {
    byte[] bytes = first(packed, maxBytes, reservation);
    while (true) {
      try {
        long length =
            Zstd.decompressByteArray(bytes, 0, bytes.length, packed.bytes(), 0, packed.length());
        if (Zstd.isError(length)) {
          throw new ZstdException(length);
        }
        if (length > maxBytes) {
          throw BodyLimits.tooLarge(maxBytes);
        }
        return new Body(bytes, (int) length);
      } catch (ZstdException e) {
        if (e.getErrorCode() != Zstd.errDstSizeTooSmall()) {
          throw new ProblemException(
              ProblemType.BODY_NOT_DECOMPRESSIBLE, "the body is not zstd, or is cut off");
        }
        bytes = larger(bytes, maxBytes, reservation);
      }
    }
  }

  private static byte[] larger(byte[] full, int maxBytes, Reservation reservation)
      throws ProblemException {
    if (full.length > maxBytes) {
      throw BodyLimits.tooLarge(maxBytes);
    }
    return BodyReader.grown(full, (int) Math.min(maxBytes + 1L, 2L * full.length), reservation);
  }

  private static byte[] first(Body packed, int maxBytes, Reservation reservation)
      throws ProblemException {
    long guess = Math.max(FIRST_BYTES, (long) GUESSED_RATIO * packed.length());
    int size = (int) Math.min(maxBytes + 1L, guess);
    reservation.add(size);
    return new byte[size];
  }
}
