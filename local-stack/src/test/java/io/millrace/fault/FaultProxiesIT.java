package io.millrace.fault;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ServiceAccess;
import io.millrace.local.EmbeddedQueue;
import io.millrace.local.EmbeddedStore;
import io.millrace.object.BucketSetup;
import io.millrace.object.Content;
import io.millrace.object.ListCursor;
import io.millrace.object.ListPage;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutHeaders;
import io.millrace.object.PutResult;
import io.millrace.object.S3ObjectStore;
import io.millrace.queue.QueueException;
import io.millrace.queue.QueueSetup;
import io.millrace.queue.SendResult;
import io.millrace.queue.SqsMessageQueue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The faults that the cases use do happen, and what is not picked passes unharmed. */
@Timeout(60)
class FaultProxiesIT {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration AMPLE = Duration.ofSeconds(10);
  private static final String DATA = "dt=2026-11-23/hour=03/1-w-1.ndjson.zst";
  private static final String ONE_KEY = "dt=2026-11-23/hour=03/1-w-2.ndjson.zst";
  private static final String OTHER_KEY = "dt=2026-11-23/hour=03/1-w-3.ndjson.zst";

  private static EmbeddedQueue queueServer;
  private static EmbeddedStore storeServer;
  private static Link sqs;
  private static Link s3;
  private static int queues;

  private SqsMessageQueue queue;
  private S3ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    queueServer = EmbeddedQueue.inMemory(0);
    storeServer = EmbeddedStore.inMemory(0);
    Ports ports = new Ports();
    sqs = Link.to(queueServer.endpoint(), ports.free());
    s3 = Link.to(storeServer.endpoint(), ports.free());
    BucketSetup.create(access(s3.address()), "telemetry");
  }

  @AfterAll
  static void stop() {
    sqs.close();
    s3.close();
    queueServer.close();
    storeServer.close();
  }

  @BeforeEach
  void open() {
    String name = "queue-" + ++queues;
    QueueSetup.create(access(sqs.address()), name);
    queue = SqsMessageQueue.open(access(sqs.address()), name, 4);
    store = S3ObjectStore.open(access(s3.address()), "telemetry", PutHeaders.NONE, 4);
  }

  @AfterEach
  void restore() {
    queue.close();
    store.close();
    sqs.restore();
    s3.restore();
  }

  @Test
  void link_withoutFault_passesEveryCallOfTheStore() throws Exception {
    byte[] bytes = new byte[1_500_000];
    new java.util.Random(1).nextBytes(bytes);

    assertThat(put("plain/a b+ü", bytes)).isInstanceOf(PutResult.Stored.class);
    assertThat(put("plain/a b+ü", bytes)).isInstanceOf(PutResult.AlreadyThere.class);
    assertThat(store.head("plain/a b+ü").orElseThrow().size()).isEqualTo(bytes.length);
    assertThat(store.head("plain/none")).isEmpty();
    assertThat(store.list(ListCursor.of("plain/", null)).objects())
        .singleElement()
        .extracting("key")
        .isEqualTo("plain/a b+ü");
    try (var in = store.get("plain/a b+ü")) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    assertThat(store.get("plain/a b+ü", 1_000, 5)).hasSize(5);
  }

  @Test
  void dropAnswer_ofPut_isUnknownAndStored() {
    s3.gateway().dropAnswer(Calls.dataPuts());

    assertThat(put(DATA, "x".getBytes(UTF_8))).isInstanceOf(PutResult.Unknown.class);
    assertThat(store.head(DATA)).isPresent();
  }

  @Test
  void answer_slowDown_isUnknownAndNotStored() {
    s3.gateway().answer(Calls.puts(), Answers.slowDown());

    assertThat(put("slow", "x".getBytes(UTF_8))).isInstanceOf(PutResult.Unknown.class);
    assertThat(store.head("slow")).isEmpty();
  }

  @Test
  void dropAnswer_ofSend_isUnknownAndQueued() {
    sqs.gateway().dropAnswer(Calls.of("SendMessage"));

    assertThat(send(AMPLE)).isInstanceOf(SendResult.Unknown.class);
    assertThat(queue.counts().total()).isOne();
  }

  @Test
  void answerLate_toSend_isUnknownAndQueued() {
    sqs.gateway().answerLate(Calls.of("SendMessage"), Duration.ofSeconds(2));

    assertThat(send(SHORT)).isInstanceOf(SendResult.Unknown.class);
    assertThat(queue.counts().total()).isOne();
  }

  @Test
  void answer_throttled_isRefusedAndNotQueued() {
    sqs.gateway().answer(Calls.of("SendMessage"), Answers.throttled());

    assertThat(send(AMPLE)).isInstanceOf(SendResult.Refused.class);
    assertThat(queue.counts().total()).isZero();
  }

  @Test
  void failHalf_ofDelete_deletesTheOtherHalf() {
    for (int i = 0; i < 4; i++) {
      send(AMPLE);
    }
    List<String> handles = receive();
    sqs.gateway().failHalf(Calls.of("DeleteMessageBatch"));

    assertThat(queue.delete(handles)).hasSize(2);
    assertThat(queue.counts().total()).isEqualTo(2);
  }

  @Test
  void unplug_untilRestored_refuses() {
    sqs.wire().unplug();

    assertThat(send(AMPLE))
        .as("on a connection that was cut")
        .isInstanceOf(SendResult.Unknown.class);
    assertThat(send(AMPLE)).as("on a new connection").isInstanceOf(SendResult.Refused.class);
    assertThatThrownBy(() -> queue.counts()).isInstanceOf(QueueException.class);

    sqs.wire().restore();
    assertThat(send(AMPLE)).isInstanceOf(SendResult.Sent.class);
  }

  @Test
  void freeze_untilRestored_isSilentAndPassesLater() {
    sqs.wire().freeze();

    assertThat(send(SHORT)).isInstanceOf(SendResult.Unknown.class);
    sqs.wire().restore();

    assertThat(send(AMPLE)).isInstanceOf(SendResult.Sent.class);
  }

  @Test
  void cut_inMidBody_isNotStored() throws Exception {
    s3.wire().limit(200_000);
    byte[] bytes = new byte[1_000_000];
    Thread put = new Thread(() -> put("cut", bytes));
    put.start();
    s3.wire().awaitBytes(100_000);
    s3.wire().cut();
    put.join();
    s3.wire().restore();

    try (var afresh = S3ObjectStore.open(access(s3.address()), "telemetry", PutHeaders.NONE, 1)) {
      assertThat(afresh.head("cut")).isEmpty();
    }
  }

  @Test
  void delay_ofTheStore_timesOut() {
    s3.wire().delay(Duration.ofMillis(400));

    assertThat(store.putIfAbsent("late", Content.of(new byte[1]), "text/plain", SHORT))
        .isInstanceOf(PutResult.Unknown.class);
  }

  @Test
  void listOddly_behindAKey_comesAfterAnEmptyPage() {
    put("odd/a", new byte[1]);
    put("odd/b c", new byte[1]);
    s3.gateway().listOddly();

    ListPage first = store.list(ListCursor.of("odd/", "odd/a"));
    s3.restore();

    assertThat(first.objects()).isEmpty();
    ListPage second = store.list(first.next());
    assertThat(second.objects()).singleElement().extracting("key").isEqualTo("odd/b c");
    assertThat(second.next()).isNull();
  }

  @Test
  void answer_toPutsLongerThan_takesShorterOnes() {
    s3.gateway().answer(Calls.putsLongerThan(100), Answers.tooLargeForAHop());

    assertThat(put("length/short", new byte[100])).isInstanceOf(PutResult.Stored.class);
    assertThat(put("length/long", new byte[101])).isInstanceOf(PutResult.Unknown.class);
    assertThat(store.head("length/long")).isEmpty();
  }

  @Test
  void answer_toPutsOfOneKey_takesOtherKeys() {
    s3.gateway().answer(Calls.putsOfOneKey(10), Answers.accessDenied());

    assertThat(put(ONE_KEY, new byte[10])).isInstanceOf(PutResult.Unknown.class);
    assertThat(put(OTHER_KEY, new byte[10])).isInstanceOf(PutResult.Stored.class);
    assertThat(put(ONE_KEY, new byte[9])).as("shorter").isInstanceOf(PutResult.Stored.class);
  }

  @Test
  void answer_500ToEverything_failsReads() {
    s3.gateway().answer(Calls.all(), aResponse().withStatus(500));

    assertThatThrownBy(() -> store.list(ListCursor.of("", null)))
        .isInstanceOf(ObjectStoreException.class);
  }

  private PutResult put(String key, byte[] bytes) {
    return store.putIfAbsent(key, Content.of(bytes), "text/plain", AMPLE);
  }

  private SendResult send(Duration timeout) {
    return queue.send("hello", Map.of(), timeout);
  }

  private List<String> receive() {
    return queue.receive(10, Duration.ZERO, AMPLE).stream().map(m -> m.receiptHandle()).toList();
  }

  private static ServiceAccess access(URI endpoint) {
    return ServiceAccess.of(endpoint, EmbeddedStore.ACCESS_KEY_ID, EmbeddedStore.SECRET_ACCESS_KEY);
  }
}
