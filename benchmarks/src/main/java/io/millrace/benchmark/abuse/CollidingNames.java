package io.millrace.benchmark.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Field names of 8 bytes that fall into one bucket of Jackson's symbol table, whatever its seed: of
 * two groups of four bytes the table mixes the second, times 33, into the mixed first, and only
 * then its seed.
 *
 * <p>Stateless and thread-safe.
 */
final class CollidingNames {
  /** What both groups come to, the same for all names. */
  private static final int SUM = 0x12345678;

  /** 33 × this is 1 in 32 bits. */
  private static final int INVERSE_OF_33 = 0x3e0f83e1;

  private static final int FIRST = '!';
  private static final int COUNT = '~' - '!';

  private CollidingNames() {}

  /** So many names, always the same. */
  static List<String> of(int count) {
    Random random = new Random(5);
    List<String> names = new ArrayList<>(count);
    byte[] name = new byte[8];
    while (names.size() < count) {
      int first = 0;
      for (int i = 0; i < 4; i++) {
        name[i] = (byte) (FIRST + random.nextInt(COUNT));
        first = (first << 8) | name[i];
      }
      int second = (SUM - mixed(first)) * INVERSE_OF_33;
      for (int i = 0; i < 4; i++) {
        name[4 + i] = (byte) (second >>> (24 - 8 * i));
      }
      if (isPlain(name)) {
        names.add(new String(name, US_ASCII));
      }
    }
    return names;
  }

  private static int mixed(int group) {
    int mixed = group + (group >>> 15);
    return mixed ^ (mixed >>> 9);
  }

  private static boolean isPlain(byte[] name) {
    for (byte b : name) {
      if (b < '!' || b > '~' || b == '"' || b == '\\') {
        return false;
      }
    }
    return true;
  }
}
