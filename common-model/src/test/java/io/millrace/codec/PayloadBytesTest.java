package io.millrace.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadBytesTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{'a':'\\ud83d\\ude00'}, {'a':'\\ud83d\\ude00'}, 0",
        "{'a':'\\uD83D\\uDE00'}, {'a':'\\uD83D\\uDE00'}, 0",
        "{'a':'\\ud83d'}, {'a':'\\ufffd'}, 1",
        "{'a':'\\uDBFFx'}, {'a':'\\ufffdx'}, 1",
        "{'a':'\\udc00'}, {'a':'\\ufffd'}, 1",
        "{'a':'\\uDFFF'}, {'a':'\\ufffd'}, 1",
        "{'a':'\\ude00\\ud83d'}, {'a':'\\ufffd\\ufffd'}, 2",
        "{'a':'\\ud83d\\ud83d\\ude00'}, {'a':'\\ufffd\\ud83d\\ude00'}, 1",
        "{'a':'\\ud83d\\ude00\\ude00'}, {'a':'\\ud83d\\ude00\\ufffd'}, 1",
        "{'a':'\\ud83d \\ude00'}, {'a':'\\ufffd \\ufffd'}, 2",
        "{'a':'\\ud83d\\n\\ude00'}, {'a':'\\ufffd\\n\\ufffd'}, 2",
        "{'a':'\\ud83d\\u0041'}, {'a':'\\ufffd\\u0041'}, 1",
        "{'a':'\\\\ud800'}, {'a':'\\\\ud800'}, 0",
        "{'a':'\\\\\\ud800'}, {'a':'\\\\\\ufffd'}, 1",
        "{'a':'\\ud83d\\\\ude00'}, {'a':'\\ufffd\\\\ude00'}, 1",
        "{'a':'\\ud7ff\\ue000\\u0d80'}, {'a':'\\ud7ff\\ue000\\u0d80'}, 0",
        "{'\\ud800':{'\\udc00':1}}, {'\\ufffd':{'\\ufffd':1}}, 2",
        "'\\ud800', '\\ufffd', 1",
        "{'a':'ud800 \\'\\/'}, {'a':'ud800 \\'\\/'}, 0"
      })
  void makeReadable_escapes_replacesOnlyLoneSurrogates(String in, String out, int changes) {
    assertChanged(in.replace('\'', '"'), out.replace('\'', '"'), changes);
  }

  @Test
  void makeReadable_lineEndsBetweenTokens_becomeSpaces() {
    assertChanged("{\r\n\"a\":\n[1,\r2]\t}", "{  \"a\": [1, 2]\t}", 4);
  }

  @Test
  void makeReadable_escapedLineEnds_stay() {
    assertChanged("{\"a\":\"\\r\\n\"}", "{\"a\":\"\\r\\n\"}", 0);
  }

  @Test
  void makeReadable_loneHighAtTheEndOfThePayload_doesNotLookBehindIt() {
    byte[] body = "\"\\ud83d\\ude00\"".getBytes(UTF_8);

    int changes = PayloadBytes.makeReadable(body, 0, 7);

    assertThat(changes).isEqualTo(1);
    assertThat(new String(body, UTF_8)).isEqualTo("\"\\ufffd\\ude00\"");
  }

  @Test
  void makeReadable_bytesAroundThePayload_stay() {
    byte[] body = "\n{\n}\n".getBytes(UTF_8);

    PayloadBytes.makeReadable(body, 1, 4);

    assertThat(new String(body, UTF_8)).isEqualTo("\n{ }\n");
  }

  private static void assertChanged(String in, String out, int changes) {
    byte[] bytes = in.getBytes(UTF_8);

    assertThat(PayloadBytes.makeReadable(bytes, 0, bytes.length)).isEqualTo(changes);
    assertThat(new String(bytes, UTF_8)).isEqualTo(out);
  }
}
