package io.millrace.web.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codec.Line.Slice;
import java.util.stream.IntStream;
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
  void parse_upToAThousandFields_isTakenAndOneMoreIsNot() throws CollectionException {
    assertThat(parse(withFields(1000)).payloads()).isEqualTo(1);

    assertThatThrownBy(() -> parse(withFields(1001)))
        .hasMessage("more than 1000 top-level fields")
        .extracting(refusal -> ((CollectionException) refusal).fault())
        .isEqualTo(CollectionException.Fault.INVALID_COLLECTION);
  }

  @Test
  void parse_moreFieldsThanAllowedInJsonThatIsCutOff_isNotJson() {
    String body = withFields(1001);

    assertThatThrownBy(() -> parse(body.substring(0, body.length() - 1)))
        .extracting(refusal -> ((CollectionException) refusal).fault())
        .isEqualTo(CollectionException.Fault.NOT_JSON);
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

  @ParameterizedTest
  @ValueSource(strings = {"%s", "-%s", "0.%s", "1e%s", "-1.5E-%s"})
  void parse_numberOf1000Bytes_isKept(String form) throws CollectionException {
    String number = form.formatted("7".repeat(1000 - form.length() + 2));
    String payload = "{\"n\":" + number + "}";

    assertThat(number).hasSize(1000);
    assertThat(text(parse(withPayload(payload)).payload(0))).isEqualTo(payload);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k", "é", "😀", "\\u0041"})
  void parse_nameOf8192Bytes_isKept(String character) throws CollectionException {
    String name = character.repeat(8192 / character.getBytes(UTF_8).length);
    String payload = "{\"" + name + "\":1}";

    assertThat(text(parse(withPayload(payload)).payload(0))).isEqualTo(payload);
    String beside = "{\"" + name + "\":1," + withPayload("{}").substring(1);
    assertThat(parse(beside).payloads()).isEqualTo(1);
  }

  @Test
  void parse_longString_isKept() throws CollectionException {
    String payload = "{\"k\":\"" + "v".repeat(200_000) + "\"}";

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
  @ValueSource(strings = {"x", "é", "😀", "\\\\"})
  void parse_nameOf256Characters_isTaken(String character) throws CollectionException {
    String name = character.repeat(256);

    assertThat(text(parse(named(name, "t")).version())).isEqualTo('"' + name + '"');
    assertThat(text(parse(named("v", name)).token())).isEqualTo('"' + name + '"');
  }

  @Test
  void parse_nameOf1024BytesOfEscapes_isTaken() throws CollectionException {
    String name = "\\ud83d\\ude00".repeat(85) + "four";

    assertThat(text(parse(named(name, name)).token())).isEqualTo('"' + name + '"');
  }

  @Test
  void parse_payloads_areMeasured() throws CollectionException {
    ParsedCollection collection = parse(withPayload("{},{\"a\" : 1} , {\"b\":2}"));

    assertThat(collection.payloadBytes()).isEqualTo(2 + 9 + 7);
    assertThat(collection.longestPayload()).isEqualTo(9);
  }

  @Test
  void parse_arrayLargerThanTheBody_readsOnlyTheBody() throws CollectionException {
    byte[] body = (withPayload("{}") + "garbage").getBytes(UTF_8);

    assertThat(parser.parse(body, body.length - 7, more -> true).payloads()).isEqualTo(1);
  }

  private ParsedCollection parse(String body) throws CollectionException {
    byte[] bytes = body.getBytes(UTF_8);
    return parser.parse(bytes, bytes.length, more -> true);
  }

  /** A collection with so many top-level fields, the three of its own included. */
  private static String withFields(int fields) {
    String others =
        IntStream.range(0, fields - 3).mapToObj(i -> "\"f" + i + "\":0,").collect(joining());
    return withPayload("{}").replaceFirst("\\{", "{" + others);
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
