package io.millrace.toolbox.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.hostile.CollidingNames;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenMaskTest {
  private static String masked(String line) {
    return TokenMask.masked(line.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':'a-1-0','token':'s3cret','payload':{}} | {'id':'a-1-0','token':'***','payload':{}}",
        "{'token':'s3cret'} | {'token':'***'}",
        "{ 'token' : 's3\\'cr\\u00e9t' , 'v':1} | { 'token' : '***' , 'v':1}",
        "{'t\\u006fken':'s3cret','v':'ü'} | {'t\\u006fken':'***','v':'ü'}",
        "{'v':'ü€😀','token':'s3cret😀','p':'ü'} | {'v':'ü€😀','token':'***','p':'ü'}",
        "{'token':'a','token':'b'} | {'token':'***','token':'***'}",
        "{'token':12345,'v':1} | {'token':'***','v':1}",
        "{'token':{'a':['s3cret']},'v':1} | {'token':'***','v':1}",
        "{'token':null} | {'token':'***'}",
      })
  void masked_tokenOfTheLine_isAsterisks(String line, String expected) {
    assertThat(masked(line.replace('\'', '"'))).isEqualTo(expected.replace('\'', '"'));
  }

  @Test
  void masked_tokenInAPayload_isUntouched() {
    String payload = "{\"token\":\"mine\",\"text\":\"\\\"token\\\":\\\"s3cret\\\"\",\"a\":1e999}";
    assertThat(masked("{\"token\":\"s3cret\",\"payload\":" + payload + "}"))
        .isEqualTo("{\"token\":\"***\",\"payload\":" + payload + "}");
  }

  @Test
  void masked_numbersTextsAndNamesOfAnyLength_areAsTheyWere() {
    String rest =
        "\"%s\":[%s,0.%s,\"%s\"]}"
            .formatted(
                "n".repeat(60_000), "7".repeat(1_500), "3".repeat(1_500), "x".repeat(21_000_000));
    assertThat(masked("{\"token\":\"s3cret\"," + rest)).isEqualTo("{\"token\":\"***\"," + rest);
  }

  @Test
  void masked_linesWithNamesThatCollideBefore_isMasked() {
    CollidingNames names = CollidingNames.with("token", new Random(5));
    for (int i = 0; i < 20; i++) {
      String fields =
          Stream.generate(names::next)
              .limit(700)
              .map(name -> '"' + name + "\":1")
              .collect(joining(",", "{", "}"));
      assertThat(masked(fields)).isEqualTo(fields);
    }

    assertThat(masked("{\"token\":\"s3cret\"}")).isEqualTo("{\"token\":\"***\"}");
  }

  @Test
  void masked_noToken_isTheLine() {
    assertThat(masked("{\"id\":1}")).isEqualTo("{\"id\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3cret",
        "[\"s3cret\"]",
        "{\"token\":\"s3cret\"",
        "{\"token\":\"s3cret",
        "{\"v\":1} {\"token\":\"s3cret\"}",
        "{\"v\":1} s3cret",
        "{\"token\":\"s3cret\",}",
      })
  void masked_noSingleObject_isNull(String line) {
    assertThat(masked(line)).isNull();
  }
}
