package io.millrace.web.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.Line.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken, and what becomes of it. */
class CollectionParserTest {
  private final CollectionParser parser = new CollectionParser(3);

  @Test
  void parse_collection_findsTheBytesOfItsParts() throws CollectionException {
    ParsedCollection collection =
        parse(" {\"version\" : \"1.4\",\"token\":\"tö\\u006b\", \"data\":[{\"a\": 1.50} ,{}]} ");

    assertThat(text(collection.version())).isEqualTo("\"1.4\"");
    assertThat(text(collection.token())).isEqualTo("\"tö\\u006b\"");
    assertThat(collection.payloads()).isEqualTo(2);
    assertThat(text(collection.payload(0))).isEqualTo("{\"a\": 1.50}");
    assertThat(text(collection.payload(1))).isEqualTo("{}");
    assertThat(collection.changes()).isZero();
  }

  @Test
  void parse_fieldsInAnyOrderBesideOthers_ignoresTheOthers() throws CollectionException {
    ParsedCollection collection =
        parse(
            "{\"data\":[{\"version\":1}],\"x\":[{\"a\":[1]}],\"token\":\"t\",\"y\":\"s\",\"\":null,"
                + "\"version\":\"v\"}");

    assertThat(text(collection.payload(0))).isEqualTo("{\"version\":1}");
    assertThat(text(collection.version())).isEqualTo("\"v\"");
  }

  @Test
  void parse_emptyData_hasNoPayloads() throws CollectionException {
    assertThat(parse("{\"version\":\"v\",\"token\":\"t\",\"data\":[ ]}").payloads()).isZero();
  }

  @Test
  void parse_escapedFieldNames_areTheSameFields() throws CollectionException {
    ParsedCollection collection =
        parse("{\"vers\\u0069on\":\"v\",\"\\u0074oken\":\"t\",\"d\\u0061ta\":[{}]}");

    assertThat(text(collection.version())).isEqualTo("\"v\"");
    assertThat(collection.payloads()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2,\"A\":3}",
        "{\"n\":1e999,\"m\":-0.0,\"k\":123456789012345678901234567890E-400}",
        "{\"s\":\"\\u0000\\\"\\\\\\/\\b\\f\\n\\r\\t\"}",
        "{\"\":{\"é😀\u2028\u007f\":[null,true,false,[],{}]}}",
        "{\t\"a\"  :  [ 1 , 2 ]  }"
      })
  void parse_payload_isKeptByteForByte(String payload) throws CollectionException {
    assertThat(text(parse(withPayload(payload)).payload(0))).isEqualTo(payload);
  }

  @Test
  void parse_numberOfManyDigits_isKept() throws CollectionException {
    String payload = "{\"n\":" + "9".repeat(100_000) + "." + "1".repeat(100_000) + "}";

    assertThat(text(parse(withPayload(payload)).payload(0))).isEqualTo(payload);
  }

  @Test
  void parse_longNameAndString_areKept() throws CollectionException {
    String payload = "{\"" + "k".repeat(200_000) + "\":\"" + "v".repeat(200_000) + "\"}";

    assertThat(text(parse(withPayload(payload)).payload(0))).isEqualTo(payload);
  }

  @Test
  void parse_lineEndsAndLoneSurrogates_areMadeReadableAndCounted() throws CollectionException {
    ParsedCollection collection =
        parse(
            "{\"version\":\"\\ud800\",\n\"token\":\"t\\udc00\",\"data\":[{\r\n\"a\":\"\\uD83D\"}]}");

    assertThat(text(collection.version())).isEqualTo("\"\\ufffd\"");
    assertThat(text(collection.token())).isEqualTo("\"t\\ufffd\"");
    assertThat(text(collection.payload(0))).isEqualTo("{  \"a\":\"\\ufffd\"}");
    assertThat(collection.changes()).isEqualTo(5);
  }

  @Test
  void parse_depth64_isTaken() throws CollectionException {
    String payload = "{\"a\":" + "[".repeat(61) + "]".repeat(61) + "}";

    assertThat(text(parse(withPayload(payload)).payload(0))).isEqualTo(payload);
  }

  @Test
  void parse_asManyPayloadsAsAllowed_isTaken() throws CollectionException {
    assertThat(parse(withPayload("{},{},{}")).payloads()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "😀", "\\ud83d\\ude00"})
  void parse_nameOf256Characters_isTaken(String character) throws CollectionException {
    String name = character.repeat(256);

    assertThat(text(parse(named(name, "t")).version())).isEqualTo('"' + name + '"');
    assertThat(text(parse(named("v", name)).token())).isEqualTo('"' + name + '"');
  }

  @Test
  void parse_arrayLargerThanTheBody_readsOnlyTheBody() throws CollectionException {
    byte[] body = (withPayload("{}") + "garbage").getBytes(UTF_8);

    assertThat(parser.parse(body, body.length - 7).payloads()).isEqualTo(1);
  }

  private ParsedCollection parse(String body) throws CollectionException {
    byte[] bytes = body.getBytes(UTF_8);
    return parser.parse(bytes, bytes.length);
  }

  private static String withPayload(String payload) {
    return "{\"version\":\"v\",\"token\":\"t\",\"data\":[" + payload + "]}";
  }

  private static String named(String version, String token) {
    return "{\"version\":\"" + version + "\",\"token\":\"" + token + "\",\"data\":[]}";
  }

  private static String text(Slice slice) {
    String all = new String(slice.array(), ISO_8859_1);
    String part = all.substring(slice.start(), slice.start() + slice.length());
    return new String(part.getBytes(ISO_8859_1), UTF_8);
  }
}
