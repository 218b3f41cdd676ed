package io.millrace.web.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.millrace.hostile.CollidingNames;
import io.millrace.web.parse.CollectionException.Fault;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What parsing takes beyond the body is asked for before it is allocated. */
class ParsingRoomTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a body may take uncounted. */
  private static final int UNCOUNTED = 16 << 10;

  private static final double MOST_FOR_EACH_COUNTED = 1.5;

  private final CollectionParser parser = new CollectionParser(10_000);
  private long counted;

  static Stream<String> worst() {
    String longest = "k".repeat(8192);
    return Stream.of(
        collection("x", "{},".repeat(9_999) + "{}"),
        collection("x", "{},".repeat(300_000) + "{}"),
        collection("x", "1,".repeat(300_000) + "1"),
        collection("x", "{\"" + "k".repeat(1 << 20) + "\":1}"),
        collection("x", "{\"n\":" + "9".repeat(1 << 20) + "}"),
        collection("x", "{\"n\":\"" + "\\u0041".repeat(1 << 17) + "\"}"),
        collection("x", "{\"n\":\"" + "é".repeat(1 << 19) + "\"}"),
        collection("\\u0041".repeat(170), "{}"),
        collection("é".repeat(256), "{}"),
        collection("x".repeat(1 << 20), "{}"),
        withFields(i -> longest + i),
        withFields(i -> "k".repeat(1000) + i),
        withFields(i -> "\\u00e9".repeat(170) + i),
        withFields(i -> "é".repeat(500) + i),
        withFields(i -> Integer.toString(i)),
        withFields(CollidingNames.with("token", new Random(3))));
  }

  @ParameterizedTest
  @MethodSource("worst")
  void parse_worstBody_takesAtMostWhatIsCounted(String json) {
    parse(json); // classes are loaded, too

    counted = 0;
    byte[] body = json.getBytes(UTF_8);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    parse(body);
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat((double) taken).isLessThanOrEqualTo(MOST_FOR_EACH_COUNTED * counted + UNCOUNTED);
  }

  @Test
  void parse_smallCollection_asksForNothing() throws CollectionException {
    byte[] body = collection("t", "{},".repeat(7) + "{}").getBytes(UTF_8);

    parser.parse(body, body.length, bytes -> false);
  }

  @Test
  void parse_noRoomForThePlacesOfPayloads_isNoFaultOfTheBody() {
    assertThat(refusedWithoutRoom(collection("t", "{},".repeat(8) + "{}")))
        .isEqualTo(Fault.NO_ROOM);
  }

  @Test
  void parse_noRoomForANameBeside_isNoFaultOfTheBody() {
    assertThat(refusedWithoutRoom("{\"x\":1," + collection("t", "{}").substring(1)))
        .isEqualTo(Fault.NO_ROOM);
  }

  private Fault refusedWithoutRoom(String json) {
    byte[] body = json.getBytes(UTF_8);
    return catchThrowableOfType(
            CollectionException.class, () -> parser.parse(body, body.length, bytes -> false))
        .fault();
  }

  private void parse(String json) {
    parse(json.getBytes(UTF_8));
  }

  private void parse(byte[] body) {
    try {
      parser.parse(
          body,
          body.length,
          bytes -> {
            counted += bytes;
            return true;
          });
    } catch (CollectionException e) {
      assertThat(e.fault()).isNotEqualTo(Fault.NO_ROOM);
    }
  }

  private static String collection(String token, String data) {
    return "{\"version\":\"v\",\"token\":\"" + token + "\",\"data\":[" + data + "]}";
  }

  private static String withFields(CollidingNames names) {
    return withFields(i -> names.next() + i);
  }

  private static String withFields(java.util.function.IntFunction<String> name) {
    String fields =
        IntStream.range(0, 990).mapToObj(i -> '"' + name.apply(i) + "\":0,").collect(joining());
    return '{' + fields + collection("t", "{}").substring(1);
  }
}
