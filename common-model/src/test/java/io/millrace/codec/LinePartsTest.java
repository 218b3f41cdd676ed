package io.millrace.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinePartsTest {
  private static final String WHOLE =
      "{\"id\":\"W-1-0\",\"key\":\"k\\\"\",\"received_at\":\"2026-11-23T03:35:20.123Z\","
          + "\"version\":\"1.4\",\"token\":\"t\\u00e4\\\"\\\\\\/\",\"payload\":{\"a\":1}}";

  private static LineParts parse(String line) {
    byte[] bytes = ("##" + line + "###").getBytes(UTF_8);
    return LineParts.parse(bytes, 2, bytes.length - 3);
  }

  private static String payload(LineParts parts) {
    Line.Slice slice = parts.payload();
    return new String(slice.array(), slice.start(), slice.length(), UTF_8);
  }

  @Test
  void parse_lineWithEveryField_givesItsParts() {
    LineParts parts = parse(WHOLE);

    assertThat(parts.id()).isEqualTo("W-1-0");
    assertThat(parts.version()).isEqualTo("1.4");
    assertThat(parts.token()).isEqualTo("t\u00e4\"\\/");
    assertThat(payload(parts)).isEqualTo("{\"a\":1}");
  }

  @Test
  void parse_payloadThatLooksLikeALine_isTakenWhole() {
    String nasty = "{\"token\":\"x\",\"payload\":{}},\"payload\":{\"a\":\"}\"}";
    LineParts parts = parse(WHOLE.replace("{\"a\":1}", nasty).replace(",\"key\":\"k\\\"\"", ""));

    assertThat(payload(parts)).isEqualTo(nasty);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"id\"              | {\"ID\"              | has no id in its place",
        "\"key\":             | \"kee\":             | has no received_at in its place",
        "\"received_at\":     | \"at\":              | has no received_at in its place",
        "\"version\":\"1.4\"  | \"version\":1.4      | has no version in its place",
        "\"version\":\"1.4\"  | \"version\":\"\"     | has an empty version",
        "\"version\":\"1.4\", | \"version\":\"1.4\" ,| has no token in its place",
        "\"token\":\"t        | \"token\":\"\\x      | has a token that is no JSON string",
        "\\/\",\"payload\"    | \\/\\\"              | has no payload in its place",
        "\"payload\":         | \"Payload\":         | has no payload in its place",
        "{\"a\":1}}           | 1}                   | has no object as payload at its end",
        "{\"a\":1}}           | {\"a\":1}            | has no object as payload at its end",
        "{\"a\":1}}           | {\"a\":1}]           | has no object as payload at its end",
        "{\"a\":1}}           | {}                   | has no object as payload at its end"
      })
  void parse_anythingElse_isRefused(String part, String instead, String message) {
    assertThat(WHOLE).contains(part);
    assertThatThrownBy(() -> parse(WHOLE.replace(part, instead)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void parse_lineCutOffAnywhere_isRefused() {
    for (int length = 0; length < WHOLE.length(); length++) {
      String cut = WHOLE.substring(0, length);
      assertThatThrownBy(() -> parse(cut)).as(cut).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> parse(WHOLE.substring(0, WHOLE.indexOf("1.4"))))
        .hasMessage("has a version without an end");
  }
}
