package io.millrace.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a straightforward second implementation that works on decoded code units. */
class PayloadBytesFuzzTest {
  private static final int ROUNDS = 10_000;

  private static final String[] PIECES = {
    "\\ud800",
    "\\uDBFF",
    "\\udc00",
    "\\uDfFf",
    "\\ud83d\\ude00",
    "\\u0041",
    "\\uFFFD",
    "\\\\",
    "\\\"",
    "\\n",
    "\\/",
    "u",
    "d800",
    "a",
    "é",
    "😀",
    " ",
    "\\ud7ff",
    "\\ue000"
  };

  @Test
  void makeReadable_randomStrings_matchesTheSecondImplementation() throws IOException {
    Random random = new Random(20_261_123);
    ObjectMapper json = new ObjectMapper();
    for (int round = 0; round < ROUNDS; round++) {
      String content = randomContent(random);
      String in = "{\n\"" + content + "\":\r\"" + content + "\"}";
      byte[] bytes = in.getBytes(UTF_8);

      int changes = PayloadBytes.makeReadable(bytes, 0, bytes.length);

      Expected expected = expected(content);
      assertThat(new String(bytes, UTF_8))
          .as("round %d", round)
          .isEqualTo("{ \"" + expected.text + "\": \"" + expected.text + "\"}");
      assertThat(changes).as("round %d", round).isEqualTo(2 + 2 * expected.changes);
      String value = json.readTree(bytes).elements().next().textValue();
      assertThat(UTF_8.newEncoder().canEncode(value)).as("round %d", round).isTrue();
    }
  }

  private static String randomContent(Random random) {
    StringBuilder content = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      content.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return content.toString();
  }

  private record Expected(String text, int changes) {}

  /** Splits into tokens first; then each token looks at its neighbours. */
  private static Expected expected(String content) {
    String[] tokens = content.split("(?<=\\G(\\\\u[0-9a-fA-F]{4}|\\\\[^u]|[^\\\\]))");
    int changes = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (isIn(tokens[i], 0xD800, 0xDBFF)
          && i + 1 < tokens.length
          && isIn(tokens[i + 1], 0xDC00, 0xDFFF)) {
        i++;
      } else if (isIn(tokens[i], 0xD800, 0xDFFF)) {
        tokens[i] = "\\ufffd";
        changes++;
      }
    }
    return new Expected(String.join("", tokens), changes);
  }

  private static boolean isIn(String token, int from, int to) {
    if (token.length() != 6) {
      return false;
    }
    int unit = Integer.parseInt(token.substring(2), 16);
    return unit >= from && unit <= to;
  }
}
