package io.millrace.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Names of 8 bytes whose hash is the same in Jackson's table of names ({@code
 * ByteQuadsCanonicalizer}), whatever its seed: that mixes the second 4 bytes in by {@code + 33 ×
 * q2} only, so that for any first 4 there is one second that fits.
 *
 * <p>Not thread-safe.
 */
public final class CollidingNames {
  /** Of 33, modulo 2 to the 32nd. */
  private static final int INVERSE_OF_33 = 0x3E0F83E1;

  private final Random random;
  private final int hash;

  private CollidingNames(Random random, int hash) {
    this.random = random;
    this.hash = hash;
  }

  /**
   * Names that collide with each other, and with one that clients use.
   *
   * @param target ASCII, of 5 to 8 characters
   */
  public static CollidingNames with(String target, Random random) {
    byte[] bytes = target.getBytes(ISO_8859_1);
    int second = -1; // an unfinished quad is filled up with ones
    for (int i = Integer.BYTES; i < bytes.length; i++) {
      second = second << Byte.SIZE | bytes[i];
    }
    return new CollidingNames(random, mixed(ByteBuffer.wrap(bytes).getInt()) + 33 * second);
  }

  /** One more name, which JSON takes as it is. */
  public String next() {
    while (true) {
      int first = 0;
      for (int i = 0; i < Integer.BYTES; i++) {
        first = first << Byte.SIZE | '#' + random.nextInt('[' - '#');
      }
      int second = (hash - mixed(first)) * INVERSE_OF_33;
      byte[] name = ByteBuffer.allocate(Long.BYTES).putInt(first).putInt(second).array();
      if (isPlain(name)) {
        return new String(name, ISO_8859_1);
      }
    }
  }

  private static int mixed(int quad) {
    int hash = quad + (quad >>> 15);
    return hash ^ hash >>> 9;
  }

  private static boolean isPlain(byte[] name) {
    for (byte b : name) {
      if (b <= ' ' || b == 0x7F || b == '"' || b == '\\') {
        return false;
      }
    }
    return true;
  }
}
