package io.millrace.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.Line.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
  private static final String AT = "2026-11-23T03:35:20.123Z";
  private static final byte[] BATCH = "W-1".getBytes(UTF_8);

  @Test
  void write_withoutKey_hasTheDocumentedBytes() {
    byte[] middle = Line.middle("", AT, slice("\"1.4\""), slice("\"tök\""));

    assertThat(write(middle, 0, "{\"a\":1}"))
        .isEqualTo(
            "{\"id\":\"W-1-0\",\"received_at\":\"2026-11-23T03:35:20.123Z\",\"version\":\"1.4\","
                + "\"token\":\"tök\",\"payload\":{\"a\":1}}\n");
  }

  @Test
  void write_withKey_hasItBehindTheId() {
    byte[] middle = Line.middle("k\\\\\\\"", AT, slice("\"v\""), slice("\"t\""));

    assertThat(write(middle, 10, "{}"))
        .isEqualTo(
            "{\"id\":\"W-1-10\",\"key\":\"k\\\\\\\"\",\"received_at\":\"2026-11-23T03:35:20.123Z\","
                + "\"version\":\"v\",\"token\":\"t\",\"payload\":{}}\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 10, 99, 100, 4305, 999_999_999, Integer.MAX_VALUE})
  void write_anyNumber_isDecimalAndWithinTheBound(int number) {
    byte[] middle = Line.middle("", AT, slice("\"v\""), slice("\"t\""));

    String line = write(middle, number, "{\"a\":1}");

    assertThat(line).startsWith("{\"id\":\"W-1-" + number + "\",");
    assertThat(line.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(Line.maxLength(3, middle, 7));
  }

  @Test
  void maxLength_numberOfTenDigits_isReached() {
    byte[] middle = Line.middle("key", AT, slice("\"v\""), slice("\"t\""));

    assertThat(write(middle, Integer.MAX_VALUE, "{\"a\":1}").getBytes(UTF_8))
        .hasSize(Line.maxLength(3, middle, 7));
  }

  @Test
  void write_atAnOffset_leavesTheRestAlone() {
    byte[] middle = Line.middle("", AT, slice("\"v\""), slice("\"t\""));
    byte[] to = new byte[500];
    to[6] = '#';

    int end = Line.write(BATCH, 1, middle, slice("{}"), to, 7);

    assertThat(to[6]).isEqualTo((byte) '#');
    assertThat(to[end - 1]).isEqualTo((byte) '\n');
    assertThat(to[end]).isZero();
  }

  private static String write(byte[] middle, int number, String payload) {
    Slice slice = slice(payload);
    byte[] to = new byte[Line.maxLength(BATCH.length, middle, slice.length())];
    int end = Line.write(BATCH, number, middle, slice, to, 0);
    return new String(to, 0, end, UTF_8);
  }

  /** In the middle of a larger array, as in a body. */
  private static Slice slice(String text) {
    byte[] bytes = ("<<<" + text + ">>").getBytes(UTF_8);
    return new Slice(bytes, 3, bytes.length - 5);
  }
}
