package io.millrace.web.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.codec.Line;
import io.millrace.codec.Line.Slice;
import io.millrace.codec.PayloadBytes;
import io.millrace.web.parse.CollectionException.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Mutates valid bodies: what is accepted makes lines that any strict parser reads, and what is
 * refused as JSON another strict parser refuses too.
 */
class CollectionParserFuzzTest {
  private static final int ROUNDS = 30_000;
  private static final String MARK = "SECRET";
  private static final String[] SEEDS = {
    "{\"version\":\"1.4\",\"token\":\"SECRET\",\"data\":[{\"a\":\"SECRET\"},{\"b\":[1,{\"c\":null}]}]}",
    "{\"data\":[{\"\\ud83d\\ude00\":\"\\ud800\\\\\"},{}],\n"
        + "\"token\":\"é😀\",\"x\":1e9,\"version\":\"v\"}",
    "{\"version\":\"v\",\"token\":\"t\",\"data\":[ {\r\n\"a\" : [ 1.5e-3 , true ] } ]}"
  };
  private static final byte[] LIKELY = "{}[]\",:\\u0d8eE+-.19 \n\r\t\0ntf\177".getBytes(UTF_8);

  private final CollectionParser parser = new CollectionParser(5);
  private final ObjectMapper strict =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  @Test
  void parse_mutatedBodies_acceptsOnlyWhatReadsBack() throws IOException {
    Random random = new Random(20_261_123);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = mutated(SEEDS[random.nextInt(SEEDS.length)].getBytes(UTF_8), random);
      byte[] kept = body.clone();
      try {
        ParsedCollection collection = parser.parse(body, body.length, more -> true);
        accepted++;
        assertReadsBack(collection, kept, "round " + round);
      } catch (CollectionException e) {
        assertThat(e.getMessage()).as("round %d", round).doesNotContain(MARK);
        assertThat(body).as("round %d: a refused body stays as it was", round).isEqualTo(kept);
        assertRefusedToo(e, body, "round " + round);
      }
    }
    assertThat(accepted).as("accepted of %d", ROUNDS).isGreaterThan(ROUNDS / 20);
  }

  private void assertRefusedToo(CollectionException refusal, byte[] body, String round) {
    String why = refusal.getMessage();
    if (why.contains("UTF-8") || why.contains("byte order mark") || why.contains("twice")) {
      return; // rules of ours
    }
    boolean isJson;
    try {
      isJson = !strict.readTree(new String(body, UTF_8)).isMissingNode();
    } catch (IOException e) {
      if (isAboutSurrogates(e)) {
        return;
      }
      isJson = false;
    }
    assertThat(isJson)
        .as("%s: %s: %s", round, why, new String(body, UTF_8))
        .isEqualTo(refusal.fault() != Fault.NOT_JSON);
  }

  private void assertReadsBack(ParsedCollection collection, byte[] body, String round)
      throws IOException {
    JsonNode input = read(body);
    byte[] middle = Line.middle("", "now", collection.version(), collection.token());
    assertThat(collection.payloads()).as(round).isEqualTo(input.get("data").size());
    for (int i = 0; i < collection.payloads(); i++) {
      JsonNode line = strict.readTree(line(middle, i, collection.payload(i)));
      assertThat(readable(line.get("payload")))
          .as(round)
          .isEqualTo(readable(input.get("data").get(i)));
      assertThat(UTF_8.newEncoder().canEncode(strict.writeValueAsString(line))).as(round).isTrue();
      assertThat(readable(line.get("version"))).as(round).isEqualTo(readable(input.get("version")));
      assertThat(readable(line.get("token"))).as(round).isEqualTo(readable(input.get("token")));
    }
  }

  /** The body as it was sent; made readable where the other parser wants pairs in names. */
  private JsonNode read(byte[] body) throws IOException {
    try {
      return strict.readTree(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (JsonProcessingException e) {
      if (!isAboutSurrogates(e)) {
        throw e;
      }
      PayloadBytes.makeReadable(body, 0, body.length);
      return strict.readTree(new String(body, UTF_8));
    }
  }

  private static boolean isAboutSurrogates(IOException refusal) {
    return String.valueOf(refusal.getMessage()).matches("(?s).*surrogate.* in field name.*");
  }

  /** One line, and no more than one. */
  private static String line(byte[] middle, int number, Slice payload) {
    byte[] to = new byte[Line.maxLength(1, middle, payload.length())];
    int end = Line.write(new byte[] {'b'}, number, middle, payload, to, 0);
    String line = new String(Arrays.copyOf(to, end), UTF_8);
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    assertThat(line).doesNotContain("\r");
    return line;
  }

  private JsonNode readable(JsonNode value) throws IOException {
    String json = strict.writeValueAsString(value);
    StringBuilder out = new StringBuilder();
    json.codePoints()
        .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
        .forEach(out::appendCodePoint);
    return strict.readTree(out.toString());
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] body = seed;
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(body.length);
      byte some =
          random.nextInt(4) == 0
              ? (byte) random.nextInt(256)
              : LIKELY[random.nextInt(LIKELY.length)];
      body =
          switch (random.nextInt(4)) {
            case 0 -> replaced(body, at, at + 1, new byte[] {some});
            case 1 -> replaced(body, at, at, new byte[] {some});
            case 2 ->
                replaced(body, at, Math.min(body.length, at + 1 + random.nextInt(3)), new byte[0]);
            default -> {
              int end = Math.min(body.length, at + random.nextInt(20));
              yield replaced(body, end, end, Arrays.copyOfRange(body, at, end));
            }
          };
    }
    return body;
  }

  private static byte[] replaced(byte[] body, int from, int to, byte[] by) {
    byte[] result = new byte[body.length - (to - from) + by.length];
    System.arraycopy(body, 0, result, 0, from);
    System.arraycopy(by, 0, result, from, by.length);
    System.arraycopy(body, to, result, from + by.length, body.length - to);
    return result;
  }
}
