package io.millrace.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StringLiteralTest {
  private static final int ROUNDS = 20_000;
  private static final String[] PIECES = {
    "a", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\ud83d", "\\ude00", "\\", "\"", "\t",
    "\\x", "\\u12", "u", "\u007f", "\u0661"
  };

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, ``",
        "abc, abc",
        "tö\\u006b😀, tök😀",
        "\\\"\\\\\\/, `\"\\/`",
        "\\ud83d\\uDE00, 😀",
      })
  void text_literal_isItsText(String inside, String text) {
    assertThat(text('"' + inside + '"')).isEqualTo(text);
  }

  @Test
  void text_unpairedSurrogateEscape_isKept() {
    assertThat(text("\"\\ud800x\"")).isEqualTo("\ud800x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"", "ab", "\"a", "a\"", "\"\\\"", "\"\\u12\"", "\"\\u١٢٣٤\"", "\"a\"b\""})
  void text_anythingElse_isRefused(String literal) {
    assertThatIllegalArgumentException().isThrownBy(() -> text(literal));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00c3"})
  void text_bytesThatAreNoUtf8_isRefused(String bytes) {
    byte[] literal = ('"' + bytes + '"').getBytes(ISO_8859_1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> StringLiteral.text(literal, 0, literal.length));
  }

  @Test
  void text_randomLiterals_agreesWithAnotherParser() {
    ObjectMapper other =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    Random random = new Random(20_261_130);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder literal = new StringBuilder("\"");
      for (int i = random.nextInt(6); i > 0; i--) {
        literal.append(PIECES[random.nextInt(PIECES.length)]);
      }
      String json = literal.append('"').toString();
      String expected;
      try {
        expected = other.readValue(json.getBytes(UTF_8), String.class);
      } catch (IOException e) {
        assertThatIllegalArgumentException().as(json).isThrownBy(() -> text(json));
        continue;
      }
      assertThat(text(json)).as(json).isEqualTo(expected);
    }
  }

  private static String text(String literal) {
    byte[] bytes = ("#" + literal + "#").getBytes(UTF_8);
    return StringLiteral.text(bytes, 1, bytes.length - 1);
  }
}
