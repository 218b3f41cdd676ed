package io.millrace.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import io.millrace.hostile.HeapUse;
import io.millrace.queue.FakeMessageQueue;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tier holds while the queue does not answer is what it has counted. */
class EdgeHeldBytesTest {
  private static final int BUDGET_BYTES = 64 << 20;
  private static final double MOST_FOR_EACH_COUNTED = 1.5;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "MAX_IN_FLIGHT_BYTES",
          Integer.toString(BUDGET_BYTES),
          "ACK_TIMEOUT_MS",
          "60000",
          "SEND_THREADS",
          "4");

  /** Letters by chance compress the least, equal ones the most: there the lines are all. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void post_queueHangsUntilTheBudgetIsUsedUp_holdsWhatIsCounted(boolean byChance) throws Exception {
    byte[] body = Zstd.compress(collection(byChance));
    HeldQueue held = new HeldQueue(new FakeMessageQueue(System::currentTimeMillis));
    try (Edge edge = Edge.start(held, SETTINGS)) {
      assertThat(edge.inFlightBytes()).isZero();
      long before = HeapUse.heldBytes();

      List<CompletableFuture<HttpResponse<String>>> answers = postUntilOneIsRefused(edge, body);

      double counted = edge.inFlightBytes();
      long taken = HeapUse.heldBytes() - before;
      assertThat(counted).isGreaterThan(BUDGET_BYTES / 2.0);
      assertThat(taken / counted).isBetween(0.1, MOST_FOR_EACH_COUNTED);
      held.letThrough();
      answers.forEach(answer -> assertThat(answer.join().statusCode()).isIn(202, 503));
      edge.awaitNothingInFlight();
    }
  }

  private static List<CompletableFuture<HttpResponse<String>>> postUntilOneIsRefused(
      Edge edge, byte[] body) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    CompletableFuture<HttpResponse<String>> last;
    do {
      double before = edge.inFlightBytes();
      last =
          edge.sendLater(
              edge.post(body, "Content-Type", "application/json", "Content-Encoding", "zstd"));
      answers.add(last);
      CompletableFuture<HttpResponse<String>> sent = last;
      await().until(() -> sent.isDone() || isPacked(edge, before));
    } while (!last.isDone());
    assertThat(last.join().statusCode()).isEqualTo(503);
    return answers;
  }

  /** Its lines are counted, and its body no more. */
  private static boolean isPacked(Edge edge, double before) throws Exception {
    double more = edge.inFlightBytes() - before;
    return more > 2_900_000 && more < 3_900_000;
  }

  /** A hundred payloads of 10,000 characters. */
  private static byte[] collection(boolean byChance) {
    Random random = new Random(1);
    return IntStream.range(0, 100)
        .mapToObj(i -> byChance ? letters(random) : "x".repeat(10_000))
        .map(text -> "{\"n\":\"" + text + "\"}")
        .collect(joining(",", "{\"version\":\"v\",\"token\":\"t\",\"data\":[", "]}"))
        .getBytes(US_ASCII);
  }

  private static String letters(Random random) {
    byte[] bytes = new byte[7_500];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
