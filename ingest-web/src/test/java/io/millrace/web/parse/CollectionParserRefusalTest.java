package io.millrace.web.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.web.parse.CollectionException.Fault;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, why, and where. */
class CollectionParserRefusalTest {
  private static final String GOOD = "{\"version\":\"v\",\"token\":\"t\",\"data\":[{\"a\":\"é\"}]}";

  private final CollectionParser parser = new CollectionParser(3);

  @ParameterizedTest
  @ValueSource(strings = {"c0af", "eda080", "edb080", "f5808080", "f4908080", "ff", "80", "c3"})
  void parse_invalidUtf8Anywhere_namesItsOffset(String hex) {
    String bad = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    for (String place : new String[] {"v\"", "t\"", "a\"", "{\"a", "é", "]}", "{\"version"}) {
      int offset = new String(GOOD.getBytes(UTF_8), ISO_8859_1).indexOf(bytesOf(place));
      String body = new StringBuilder(bytesOf(GOOD)).insert(offset, bad).toString();

      CollectionException refusal = refusal(body, ISO_8859_1);

      assertThat(refusal.fault()).isEqualTo(Fault.NOT_JSON);
      assertThat(refusal).hasMessage("the body is not UTF-8: byte offset " + offset);
    }
  }

  @Test
  void parse_cutOffAtEveryByte_isNotJsonAtAnOffsetWithin() {
    byte[] whole = GOOD.getBytes(UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);

      CollectionException refusal = refusal(cut);

      assertThat(refusal.fault()).as("cut at %d", length).isEqualTo(Fault.NOT_JSON);
      assertThat(offset(refusal)).as("cut at %d", length).isBetween(0L, (long) length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "{}", "1", "null", ",", "]", "}", "\"", "\0", "/* */", "\u00a0", "\f"})
  void parse_somethingBehindTheEnd_isNotJson(String more) {
    CollectionException refusal = refusal(GOOD + " " + more, UTF_8);

    assertThat(refusal.fault()).isEqualTo(Fault.NOT_JSON);
    assertThat(offset(refusal)).isGreaterThanOrEqualTo(bytesOf(GOOD).length());
  }

  @Test
  void parse_byteOrderMark_isNotJson() {
    assertThat(refusal("\ufeff" + GOOD, UTF_8))
        .hasMessage("the body begins with a byte order mark: byte offset 0");
    assertThat(refusal("\ufeff", UTF_8).fault()).isEqualTo(Fault.NOT_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "ISO-8859-1"})
  void parse_otherEncoding_isNotJson(String charset) {
    assertThat(refusal(GOOD, Charset.forName(charset)).fault()).isEqualTo(Fault.NOT_JSON);
    assertThat(refusal(GOOD.replace("é", ""), UTF_16LE).fault()).isEqualTo(Fault.NOT_JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':1}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":NaN}",
        "{\"a\":-Infinity}",
        "{\"a\":0x1}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":tru}",
        "{\"a\":nulll}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\0\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u12\"}",
        "{\"\0\":1}",
        "{\"a\":1 2}",
        "{\"a\" 1}",
        "{\"a\":1]",
        "{\0}",
        "{//\n}",
        "{\"a\":1;}",
        "{\"\\u00\":1}"
      })
  void parse_payloadThatIsNoJson_isNotJson(String payload) {
    assertThat(refusal(withPayload(payload), UTF_8).fault()).isEqualTo(Fault.NOT_JSON);
    assertThat(refusal(GOOD.replace("{\"v", "{\"x\":" + payload + ",\"v"), UTF_8).fault())
        .isEqualTo(Fault.NOT_JSON);
  }

  @Test
  void parse_depth65_isNotJsonAtTheLevelThatIsTooMuch() {
    String start = "{\"version\":\"v\",\"token\":\"t\",\"data\":[{\"a\":" + "[".repeat(62);

    CollectionException refusal = refusal(start + "]".repeat(62) + "}]}", UTF_8);

    assertThat(refusal.fault()).isEqualTo(Fault.NOT_JSON);
    assertThat(offset(refusal)).isEqualTo(start.length() - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "token", "data", "d\\u0061ta", "x", "\\u0078"})
  void parse_topLevelFieldTwice_isNotJsonAtTheSecond(String name) {
    String body = "{\"x\":1,\"version\":\"v\",\"token\":\"t\",\"data\":[],\"" + name + "\":0}";

    assertThat(refusal(body, UTF_8))
        .hasMessage(
            "the body has a top-level field twice: byte offset "
                + body.indexOf("\"" + name + "\":0"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "[], the body is no JSON object",
        "`\"x\"`, the body is no JSON object",
        "12, the body is no JSON object",
        "{}, version is missing",
        "`{\"version\":\"v\"}`, token is missing",
        "`{\"version\":\"v\",\"token\":\"t\"}`, data is missing",
        "`{\"version\":1,\"token\":\"t\",\"data\":[]}`, version is no string",
        "`{\"version\":\"v\",\"token\":{\"a\":[]},\"data\":[]}`, token is no string",
        "`{\"version\":\"v\",\"token\":null,\"data\":[]}`, token is no string",
        "`{\"version\":\"\",\"token\":\"t\",\"data\":[]}`, version is empty",
        "`{\"version\":\"v\",\"token\":\"t\",\"data\":{}}`, data is no array",
        "`{\"version\":\"v\",\"token\":\"t\",\"data\":\"[]\"}`, data is no array",
        "`{\"version\":\"v\",\"token\":\"t\",\"data\":[{},1]}`, data[1] is no object",
        "`{\"version\":\"v\",\"token\":\"t\",\"data\":[{},{},[{}]]}`, data[2] is no object",
        "`{\"version\":\"v\",\"token\":\"t\",\"data\":[null,1]}`, data[0] is no object",
        "`{\"version\":\"v\",\"token\":\"t\",\"data\":[{},{},{},{},0]}`, data[4] is no object"
      })
  void parse_jsonThatIsNoCollection_namesFieldOrIndex(String body, String detail) {
    CollectionException refusal = refusal(body, UTF_8);

    assertThat(refusal.fault()).isEqualTo(Fault.INVALID_COLLECTION);
    assertThat(refusal).hasMessage(detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "\\\\"})
  void parse_nameOf257Characters_isRefused(String character) {
    assertThat(refusal(GOOD.replace("\"v\"", '"' + character.repeat(257) + '"'), UTF_8))
        .hasMessage("version is longer than 256 characters");
    assertThat(refusal(GOOD.replace("\"t\"", '"' + character.repeat(257) + '"'), UTF_8))
        .hasMessage("token is longer than 256 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d\\ude00", "\\u0041", "\\ud800", "xxxxx"})
  void parse_nameOfMoreThan1024Bytes_isRefusedByItsBytes(String part) {
    String name = '"' + part.repeat(256) + '"';

    assertThat(refusal(GOOD.replace("\"v\"", name), UTF_8))
        .hasMessage("version has more than 1024 bytes between its quotes");
    assertThat(refusal(GOOD.replace("\"t\"", name), UTF_8))
        .hasMessage("token has more than 1024 bytes between its quotes");
  }

  @Test
  void parse_numberOf1001Bytes_isRefusedWhereverItStands() {
    String number = "7".repeat(999) + ".5";
    for (String body : List.of(withPayload("{\"n\":" + number + "}"), beside(number))) {
      CollectionException refusal = refusal(body, UTF_8);

      assertThat(refusal.fault()).isEqualTo(Fault.INVALID_COLLECTION);
      assertThat(refusal)
          .hasMessage("a number has more than 1000 bytes: byte offset " + body.indexOf(number));
    }
  }

  @Test
  void parse_nameOf8193Bytes_isRefusedWhereverItStands() {
    String name = '"' + "k".repeat(8193) + '"';
    for (String body : List.of(withPayload("{" + name + ":{}}"), beside("{" + name + ":1}"))) {
      CollectionException refusal = refusal(body, UTF_8);

      assertThat(refusal.fault()).isEqualTo(Fault.INVALID_COLLECTION);
      assertThat(refusal)
          .hasMessage("a field's name has more than 8192 bytes: byte offset " + body.indexOf(name));
    }
    assertThat(refusal("{" + name + ":1," + GOOD.substring(1), UTF_8))
        .hasMessage("a field's name has more than 8192 bytes: byte offset 1");
  }

  @Test
  void parse_nameOfAMegabyteInJsonThatIsCutOff_isNotJson() {
    String body = withPayload("{\"" + "k".repeat(1 << 20) + "\":1}");

    assertThat(refusal(body.substring(0, body.length() - 1), UTF_8).fault())
        .isEqualTo(Fault.NOT_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\n", "\\u0000", "\\u001F", "\\u007f", "\u007f", "\u0080", "\\u009f"})
  void parse_nameWithControlCharacter_isRefused(String character) {
    assertThat(refusal(GOOD.replace("\"v\"", "\"a" + character + "\""), UTF_8))
        .hasMessage("version has control characters");
    assertThat(refusal(GOOD.replace("\"t\"", "\"" + character + "b\""), UTF_8))
        .hasMessage("token has control characters");
  }

  @Test
  void parse_morePayloadsThanAllowed_isTooMany() {
    CollectionException refusal = refusal(withPayload("{},{},{},{}"), UTF_8);

    assertThat(refusal.fault()).isEqualTo(Fault.TOO_MANY_PAYLOADS);
    assertThat(refusal).hasMessage("data has 4 payloads, more than the 3 allowed");
  }

  @Test
  void parse_severalFaults_tellsTheFirstRowOfTheTable() {
    assertThat(refusal("{\"version\":1,\"data\":[{},{},{},{},5]} x", UTF_8).fault())
        .isEqualTo(Fault.NOT_JSON);
    assertThat(refusal("{\"version\":1,\"data\":[{},{},{},{},5]}", UTF_8).fault())
        .isEqualTo(Fault.INVALID_COLLECTION);
  }

  /** The good collection behind a field of its own. */
  private static String beside(String value) {
    return "{\"x\":" + value + "," + GOOD.substring(1);
  }

  private static String withPayload(String payload) {
    return GOOD.replace("{\"a\":\"é\"}", payload);
  }

  private static String bytesOf(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static long offset(CollectionException refusal) {
    return Long.parseLong(refusal.getMessage().replaceFirst(".*byte offset ", ""));
  }

  private CollectionException refusal(String body, Charset charset) {
    return refusal(body.getBytes(charset));
  }

  private CollectionException refusal(byte[] body) {
    CollectionException refusal =
        catchThrowableOfType(
            CollectionException.class, () -> parser.parse(body, body.length, more -> true));
    assertThat(refusal).as(new String(body, UTF_8)).isNotNull();
    return refusal;
  }
}
