package io.millrace.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.millrace.codec.BatchLines;
import io.millrace.codec.Line.Slice;
import io.millrace.codec.LineParts;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.hostile.HostileBodies;
import io.millrace.model.Receipt;
import io.millrace.queue.FakeMessageQueue;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What some send decides nothing about the answers of others. */
@Timeout(120)
class HostileBodiesTest {
  private static final int GOOD_BODIES = 3;
  private static final int HOSTILE_BETWEEN = 1000;
  private static final int AT_ONCE = 20;
  private static final long SEED = 20_261_130;

  private final FakeMessageQueue queue = new FakeMessageQueue(System::currentTimeMillis);

  @Test
  void post_thousandHostileBodiesBeforeEachGoodOne_goodOnesAreStoredByteForByte() throws Exception {
    HostileBodies hostile = new HostileBodies(SEED, 1 << 20);
    Map<String, String> acknowledged = new HashMap<>();
    long accepted;
    try (Edge edge = Edge.start(queue, Map.of())) {
      for (int good = 0; good < GOOD_BODIES; good++) {
        for (int i = 0; i < HOSTILE_BETWEEN; i += AT_ONCE) {
          sendHostile(edge, hostile);
        }
        acknowledged.putAll(sendGood(edge, good));
      }
      edge.awaitNothingInFlight();
      accepted = edge.tier().metrics().payloadsAccepted();
    }

    Map<String, String> stored = stored();
    assertThat(stored).containsAllEntriesOf(acknowledged).hasSize((int) accepted);
  }

  private static void sendHostile(Edge edge, HostileBodies hostile) {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      boolean packed = i % 4 == 0;
      byte[] body = hostile.next();
      answers.add(
          edge.sendLater(
              edge.post(
                  packed ? Zstd.compress(body) : body,
                  "Content-Type",
                  "application/json",
                  "Content-Encoding",
                  packed ? "zstd" : "identity")));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.join().statusCode()).as(answer.join().body()).isIn(202, 400, 413);
    }
  }

  /** Payloads by the ids of their lines. */
  private static Map<String, String> sendGood(Edge edge, int number) throws Exception {
    List<String> payloads =
        List.of(
            "{\"event\":\"process-start\",\"pid\":" + number + "}",
            "{\"event\" : \"process-end\", \"token\":1.50, \"version\":[\"é😀\",null]}");
    HttpResponse<String> answer =
        edge.collection(
            "{\"version\":\"1.4\",\"token\":\"good\",\"data\":["
                + String.join(",", payloads)
                + "]}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String receipt = answer.body().replaceFirst(".*\"receipt\":\"([^\"]*)\".*", "$1");
    Map<String, String> byId = new HashMap<>();
    for (Receipt part : Receipt.parse(receipt)) {
      for (int n = part.first(); n < part.first() + part.count(); n++) {
        byId.put(part.batch() + "-" + n, payloads.get(byId.size()));
      }
    }
    return byId;
  }

  private Map<String, String> stored() throws UndecodableException {
    Map<String, String> byId = new HashMap<>();
    for (String body : queue.bodies()) {
      Decoded message = MessageCodec.decode(body);
      for (LineParts line : BatchLines.read(message.header(), message.frame())) {
        Slice payload = line.payload();
        String text = new String(payload.array(), payload.start(), payload.length(), UTF_8);
        assertThat(byId.put(line.id(), text)).isNull();
      }
    }
    return byId;
  }
}
