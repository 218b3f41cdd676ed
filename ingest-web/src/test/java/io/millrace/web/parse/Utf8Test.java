package io.millrace.web.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "7f",
        "c280",
        "dfbf",
        "e0a080",
        "ed9fbf",
        "ee8080",
        "efbfbf",
        "f0908080",
        "f48fbfbf"
      })
  void firstInvalid_boundsOfRfc3629_isNone(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(Utf8.firstInvalid(bytes, bytes.length)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c0af",
        "c1bf",
        "c2",
        "c220",
        "e09fbf",
        "e08080",
        "eda080",
        "edbfbf",
        "e282",
        "f08fbfbf",
        "f4908080",
        "f5808080",
        "f88080808080",
        "fe",
        "ff",
        "f09f98"
      })
  void firstInvalid_anythingElse_isItsIndexWhereverItStands(String hex) {
    byte[] bad = HexFormat.of().parseHex(hex);
    for (int before = 0; before < 20; before++) {
      byte[] bytes = new byte[before + bad.length];
      System.arraycopy(bad, 0, bytes, before, bad.length);

      assertThat(Utf8.firstInvalid(bytes, bytes.length)).as("behind %d", before).isEqualTo(before);
    }
  }

  @Test
  void firstInvalid_badByteFarBehindOthers_isItsIndex() {
    byte[] bytes = ("é😀x".repeat(3000) + "#").getBytes(UTF_8);
    bytes[bytes.length - 1] = (byte) 0xff;

    assertThat(Utf8.firstInvalid(bytes, bytes.length)).isEqualTo(bytes.length - 1);
    assertThat(Utf8.firstInvalid(bytes, bytes.length - 1)).isEqualTo(-1);
  }

  @Test
  void firstInvalid_randomBytes_agreesWithTheJdk() {
    Random random = new Random(5);
    byte[] alphabet = HexFormat.of().parseHex("00417f80bfc0c2e0eda0a1eef0f48ff5ff9080");
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(12)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = alphabet[random.nextInt(alphabet.length)];
      }

      assertThat(Utf8.firstInvalid(bytes, bytes.length) < 0)
          .as(HexFormat.of().formatHex(bytes))
          .isEqualTo(decodes(bytes));
    }
  }

  private static boolean decodes(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
