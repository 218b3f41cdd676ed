package io.millrace.worker.receive;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.SampleBatches.body;
import static io.millrace.worker.SampleBatches.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.codec.MessageCodec;
import io.millrace.model.Codec;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.SendResult;
import io.millrace.run.ByteBudget;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.worker.roll.ClosedRoll;
import io.millrace.worker.roll.RollLimits;
import io.millrace.worker.roll.RollMetrics;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.roll.SuspectQueue;
import io.millrace.worker.settle.Acknowledger;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.settle.Leases;
import io.millrace.worker.settle.SettleMetrics;
import io.millrace.worker.store.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PollerTest {
  private static final int MAX_RECEIVES = 3;
  private static final Duration VISIBILITY = Duration.ofMinutes(2);
  private final QueueException noAnswer = new QueueException("no answer", new IOException("reset"));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PollMetrics metrics = new PollMetrics(registry);
  private final SettleMetrics settled = new SettleMetrics(registry);
  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final FakeMessageQueue dead = new FakeMessageQueue(this::deadLetterMs);
  private final ByteBudget budget = new ByteBudget(64 << 20);
  private final RollQueue rolls =
      new RollQueue(
          new RollLimits(1 << 20, Duration.ofSeconds(1), 4 << 20, 4, 1000),
          budget,
          new RollMetrics(registry),
          ticker);
  private final SuspectQueue suspects = new SuspectQueue();
  private final Leases leases = new Leases(queue, VISIBILITY, settled, ticker);
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(1));
  private final DeadLetters deadLetters =
      new DeadLetters(
          dead, new Acknowledger(queue, leases, backoff, ticker, settled), leases, settled, ticker);
  private final QueueDepth depth = new QueueDepth(queue, dead, registry, ticker);
  private final Intake intake = intake(OptionalInt.empty());
  private final Poller poller = poller(intake);
  private long heldAtDeadLetter = -1;

  private long deadLetterMs() {
    heldAtDeadLetter = rolls.held().messages();
    return ticker.now().epochMs();
  }

  private Intake intake(OptionalInt maxLineBytes) {
    return new Intake(
        rolls,
        suspects,
        leases,
        deadLetters,
        metrics,
        MAX_RECEIVES,
        maxLineBytes,
        Intake.receiveBytes(queue.maxMessageBytes().orElseThrow()));
  }

  private Poller poller(Intake intake) {
    return new Poller(queue, VISIBILITY, intake, depth, new Gate(1), backoff, ticker, metrics);
  }

  private void bury() throws InterruptedException {
    while (deadLetters.size() > 0) {
      deadLetters.runOnce();
    }
  }

  private void send(String body) {
    queue.send(body, Map.of("traceparent", "00-1"), Duration.ofSeconds(1));
  }

  private double count(String name) {
    return registry.get("millrace.worker." + name).counter().count();
  }

  private double polls(String messages) {
    return registry.get("millrace.worker.polls").tag("messages", messages).counter().count();
  }

  private double dead(String reason) {
    return registry.get("millrace.worker.dead.letters").tag("reason", reason).counter().count();
  }

  @Test
  void runOnce_goodMessages_holdsThemAndTheirBytesOnly() throws InterruptedException {
    for (int i = 1; i <= 12; i++) {
      send(body(batch(i)));
    }
    poller.runOnce();
    assertThat(rolls.held().messages()).isEqualTo(10);
    poller.runOnce();
    assertThat(rolls.held().messages()).isEqualTo(12);
    ticker.advance(Duration.ofSeconds(1));
    ClosedRoll roll = rolls.take();
    assertThat(budget.reserved()).isEqualTo(roll.heldBytes());
    rolls.done(roll);
    assertThat(budget.reserved()).isZero();
    assertThat(count("messages.received")).isEqualTo(12);
    assertThat(queue.bodies()).hasSize(12);
  }

  @Test
  void runOnce_messagesThenNoneThenAFailure_countsPollsThatWereAnswered()
      throws InterruptedException {
    send(body(batch(1)));
    poller.runOnce();
    poller.runOnce();
    queue.failWith(noAnswer);
    poller.runOnce();

    assertThat(polls("some")).isEqualTo(1);
    assertThat(polls("none")).isEqualTo(1);
    assertThat(count("receive.failures")).isEqualTo(1);
  }

  @Test
  void watermark_backlogThenCaughtUp_isTheOldestHeldOrAMinuteBeforeTheReceive()
      throws InterruptedException {
    CaughtUp watermark = new CaughtUp(leases, List.of(poller));
    assertThat(watermark.ms()).isZero();
    for (int i = 1; i <= 12; i++) {
      send(body(batch(i)));
    }
    poller.runOnce();
    assertThat(watermark.ms()).as("a full receive").isZero();
    ticker.advance(Duration.ofSeconds(90));
    poller.runOnce();
    assertThat(watermark.ms()).as("all received").isEqualTo(OPENED);
    rolls.end();
    leases.settle(rolls.take().receiptHandles());
    double emptied = watermark.ms();
    assertThat(emptied).as("all stored").isEqualTo(OPENED + 90_000 - 60_000);
    ticker.advance(Duration.ofHours(1));
    assertThat(watermark.ms()).as("nobody receives").isEqualTo(emptied);
  }

  @Test
  void runOnce_undecodableAmongGood_goesToTheDeadLettersWithTheReason()
      throws InterruptedException {
    String broken = body(batch(2)).replace("\"crc32c\":\"", "\"crc32c\":\"0");
    send(body(batch(1)));
    send(broken);
    send("no header at all");
    send(body(batch(3)));
    poller.runOnce();
    bury();
    assertThat(rolls.held().messages()).isEqualTo(2);
    assertThat(dead.bodies()).containsExactly(broken, "no header at all");
    assertThat(dead.attributes().get(1))
        .containsEntry("reason", "no header line")
        .containsEntry("original-message-id", "m3")
        .containsEntry("dead-lettered-at", "2026-11-23T03:35:20.223Z")
        .containsEntry("traceparent", "00-1");
    assertThat(queue.bodies()).hasSize(2);
    assertThat(dead("undecodable")).isEqualTo(2);
    assertThat(budget.reserved()).isLessThan(4096);
  }

  @Test
  void runOnce_reasonQuotesControlCharacters_isMadeLegalForTheQueue() throws InterruptedException {
    send(body(batch(1)).replace("\"batch\":\"01", "\"batch\":\"\\u0001\\ufffe"));
    poller.runOnce();
    bury();
    assertThat(dead.attributes().get(0).get("reason")).startsWith("not a ").contains(": ??JD");
  }

  @Test
  void runOnce_receivedMoreOftenThanAllowed_goesToTheDeadLetters() throws InterruptedException {
    send(body(batch(1)));
    for (int i = 0; i < MAX_RECEIVES; i++) {
      queue.receive(10, Duration.ZERO, Duration.ZERO);
    }
    poller.runOnce();
    bury();
    assertThat(rolls.held().messages()).isZero();
    assertThat(dead.attributes().get(0)).containsEntry("reason", "received too often");
    assertThat(queue.bodies()).isEmpty();
    assertThat(dead("received_too_often")).isEqualTo(1);
    assertThat(count("messages.redelivered")).isEqualTo(1);
  }

  @Test
  void runOnce_receivedAsOftenAsAllowed_isSuspect() throws InterruptedException {
    send(body(batch(1)));
    for (int i = 1; i < MAX_RECEIVES; i++) {
      queue.receive(10, Duration.ZERO, Duration.ZERO);
    }
    poller.runOnce();
    assertThat(suspects.size()).isEqualTo(1);
  }

  @Test
  void runOnce_marksOfAnotherDelivery_makeSuspects() throws InterruptedException {
    HeldBatch fresh = batch(1);
    send(body(fresh));
    send(MessageCodec.encode(batch(2).header().asResent(), batch(2).frame()));
    queue.send(body(batch(3)), Map.of("dead-lettered-at", "2026-11-23T03:35:20Z"), VISIBILITY);
    poller.runOnce();

    assertThat(rolls.held().messages()).isEqualTo(1);
    assertThat(suspects.take()).extracting(HeldBatch::receiptHandle).hasSize(2);
    assertThat(budget.reserved())
        .isEqualTo(fresh.heldBytes() + batch(2).heldBytes() + batch(3).heldBytes());
  }

  @Test
  void runOnce_sentLongAfterItWasOpened_isSuspect() throws InterruptedException {
    ticker.advance(Duration.ofMinutes(5).plusMillis(1));
    send(body(batch(1)));
    poller.runOnce();

    assertThat(suspects.size()).isEqualTo(1);
  }

  @Test
  void runOnce_oneObjectAPayload_hasNoSuspects() throws InterruptedException {
    HeldBatch good = batch(1, OPENED, Codec.ZSTD, List.of(line(1, 0, "t", "{}")));
    send(MessageCodec.encode(good.header().asResent(), good.frame()));
    queue.receive(10, Duration.ZERO, Duration.ZERO);
    ticker.advance(Duration.ofHours(1));
    queue.send(body(good), Map.of("dead-lettered-at", "2026-11-23T03:35:20Z"), VISIBILITY);
    poller(intake(OptionalInt.of(1 << 20))).runOnce();

    assertThat(rolls.held().messages()).isEqualTo(2);
    assertThat(suspects.size()).isZero();
  }

  @Test
  void runOnce_oneObjectAPayload_buriesBatchesWhoseLinesAreWrong() throws InterruptedException {
    HeldBatch good = batch(1, OPENED, Codec.GZIP, List.of(line(1, 0, "t", "{}")));
    HeldBatch other = batch(2, OPENED, Codec.ZSTD, List.of(line(2, 1, "t", "{}")));
    send(body(good));
    send(body(batch(3)));
    send(body(other));
    send(body(good).replace("\"payloads\":1", "\"payloads\":2"));
    String longer = line(4, 0, "t", "{\"a\":\"" + "x".repeat(200) + "\"}");
    send(body(batch(4, OPENED, Codec.ZSTD, List.of(longer))));
    poller(intake(OptionalInt.of(200))).runOnce();
    bury();

    assertThat(rolls.held().messages()).isEqualTo(1);
    assertThat(dead.attributes())
        .extracting(attributes -> attributes.get("reason"))
        .containsExactly(
            "line 0 has no received_at in its place",
            "line 0 has another id",
            "frame holds 1 lines, the header says 2",
            "header says " + (longer.length() + 1) + " bytes, more than the 200 of a message");
    assertThat(dead("undecodable")).isEqualTo(4);
    assertThat(queue.bodies()).containsExactly(body(good));
  }

  @Test
  void runOnce_deadLettersWithoutAnswer_keepsTheMessage() throws InterruptedException {
    send("broken");
    dead.answerNextSend(new SendResult.Unknown(noAnswer));
    poller.runOnce();
    bury();
    assertThat(queue.bodies()).hasSize(1);
    assertThat(count("dead.letter.failures")).isEqualTo(1);
    assertThat(dead("undecodable")).isZero();
    ticker.advance(VISIBILITY);
    poller.runOnce();
    bury();
    assertThat(queue.bodies()).isEmpty();
  }

  @Test
  void runOnce_poisonBeforeGoodAndDeadLettersAway_goodOnesAreHeldFirst()
      throws InterruptedException {
    send("broken");
    send(body(batch(1)));
    dead.answerNextSend(new SendResult.Unknown(noAnswer));
    poller.runOnce();
    bury();
    assertThat(heldAtDeadLetter).isEqualTo(1);
    assertThat(count("dead.letter.failures")).isEqualTo(1);
    assertThat(queue.bodies()).hasSize(2);
  }

  @Test
  void receiveBytes_queueThatTellsLessThanSqsCarries_isEnoughForTheLargestMessages() {
    assertThat(Intake.receiveBytes(262_144)).isGreaterThan(10 << 20);
    assertThat(Intake.receiveBytes(2 << 20)).isGreaterThan(20 << 20);
  }

  @Test
  void takeIn_moreThanTheRoomLeft_isLeftToComeAgain() {
    HeldBatch batch = batch(1);
    List<ReceivedMessage> message =
        List.of(new ReceivedMessage("m", "h", body(batch), 1, OPENED, Map.of()));
    assertThat(intake.takeIn(message, ticker.now(), batch.heldBytes() - 1).heldBytes()).isZero();
    assertThat(rolls.held().messages()).isZero();
    assertThat(intake.takeIn(message, ticker.now(), batch.heldBytes()).heldBytes())
        .isEqualTo(batch.heldBytes());
    assertThat(leases.oldestOpenedMs()).hasValue(batch.header().opened());
  }

  @Test
  void runOnce_receiveFails_waitsAndGoesOn() throws InterruptedException {
    send(body(batch(1)));
    queue.failWith(noAnswer);
    poller.runOnce();
    poller.runOnce();
    assertThat(ticker.pauses()).hasSize(2);
    assertThat(count("receive.failures")).isEqualTo(2);
    assertThat(budget.reserved()).isZero();
    queue.failWith(null);
    poller.runOnce();
    assertThat(rolls.held().messages()).isEqualTo(1);
    assertThat(count("receive.failures")).isEqualTo(2);
  }

  @Test
  void runOnce_fewMessages_pausesSoThatMoreGather() throws InterruptedException {
    for (int i = 1; i <= 11; i++) {
      send(body(batch(i)));
    }
    poller.runOnce();
    assertThat(ticker.pauses()).as("after a full receive").isEmpty();
    poller.runOnce();
    assertThat(ticker.pauses()).as("after one message").hasSize(1);
    poller.runOnce();
    assertThat(ticker.pauses()).as("after a long poll without any").hasSize(1);
  }

  @Test
  void runOnce_queueEnded_leavesTheMessage() throws InterruptedException {
    send(body(batch(1)));
    rolls.end();
    poller.runOnce();
    assertThat(queue.bodies()).hasSize(1);
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void runOnce_deadLettersHang_pollerGoesOnAndItsBytesAreFree() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      send("broken " + i);
    }
    poller.runOnce();
    assertThat(deadLetters.size()).isEqualTo(10);
    assertThat(budget.reserved()).isZero();
    ticker.advance(VISIBILITY.dividedBy(2));
    leases.extendDue();
    ticker.advance(VISIBILITY.dividedBy(2));
    send(body(batch(1)));
    poller.runOnce();
    assertThat(rolls.held().messages()).as("hidden while they wait").isEqualTo(1);
    bury();
    assertThat(dead("undecodable")).isEqualTo(10);
    assertThat(queue.bodies()).containsExactly(body(batch(1)));
    assertThat(leases.size()).isEqualTo(1);
  }

  @Test
  void runOnce_noRoomForADeadLetter_leavesItToComeAgain() throws InterruptedException {
    for (int i = 0; i < 30; i++) {
      send("x".repeat(250_000));
    }
    for (int i = 0; i < 3; i++) {
      poller.runOnce();
    }
    assertThat(deadLetters.size()).isLessThan(30);
    assertThat(count("dead.letters.postponed")).isEqualTo(30 - deadLetters.size());
    bury();
    ticker.advance(VISIBILITY);
    for (int i = 0; i < 2; i++) {
      poller.runOnce();
      bury();
    }
    assertThat(queue.bodies()).isEmpty();
    assertThat(dead.bodies()).hasSize(30);
  }

  @Test
  void runOnce_deadLetterTooLargeWithItsReason_isMovedWithoutAttributes()
      throws InterruptedException {
    send("broken");
    dead.answerNextSend(new SendResult.Refused(noAnswer));
    poller.runOnce();
    bury();
    assertThat(dead.attributes()).containsExactly(Map.of());
    assertThat(queue.bodies()).isEmpty();
    assertThat(count("dead.letter.failures")).isZero();
  }

  @Test
  void runOnce_goodMessageReceivedTooOftenAndDeadLettersRefuse_isStoredAfterAll()
      throws InterruptedException {
    dead.refuseSends(noAnswer);
    send(body(batch(1)));
    for (int i = 0; i < MAX_RECEIVES; i++) {
      queue.receive(10, Duration.ZERO, Duration.ZERO);
    }
    poller.runOnce();
    bury();
    assertThat(count("dead.letter.failures")).isEqualTo(1);
    ticker.advance(VISIBILITY);
    poller.runOnce();
    assertThat(suspects.size()).isEqualTo(1);
  }

  @Test
  void runOnce_sameIdAndOtherBytes_firstIsHeldAndTheOtherADeadLetter() throws InterruptedException {
    send(body(batch(1)));
    send(body(batch(1, OPENED, Codec.ZSTD, List.of("{\"forged\":1}"))));
    send(body(batch(1, OPENED - 3_600_000, Codec.GZIP, List.of("{\"forged\":2}"))));
    send(body(batch(1)));
    poller.runOnce();
    bury();
    assertThat(rolls.held().messages()).isEqualTo(2);
    assertThat(dead("contradiction")).isEqualTo(2);
    ticker.advance(Duration.ofSeconds(1));
    rolls.done(rolls.take());
    assertThat(rolls.contradicts(batch(1, OPENED, Codec.ZSTD, List.of("{}")))).isFalse();
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void runOnce_openedLongBeforeOrAfterItWasSent_goesToTheDeadLetters() throws InterruptedException {
    long day = Duration.ofDays(1).toMillis();
    send(body(batch(1, OPENED + day + 1, Codec.ZSTD, List.of("{}"))));
    send(body(batch(2, OPENED - 30 * day - 1, Codec.ZSTD, List.of("{}"))));
    send(body(batch(3, OPENED + day, Codec.ZSTD, List.of("{}"))));
    send(body(batch(4, OPENED - 30 * day, Codec.ZSTD, List.of("{}"))));
    poller.runOnce();
    bury();
    assertThat(dead("undecodable")).isEqualTo(2);
    assertThat(rolls.held().messages()).isEqualTo(1);
    assertThat(suspects.size()).isEqualTo(1);
  }

  @Test
  void runOnce_aThousandHostileMessagesBetweenGoodOnes_eachGoodOneIsHeld()
      throws InterruptedException {
    Random random = new Random(11);
    for (int good = 1; good <= 5; good++) {
      for (int i = 0; i < 1_000; i++) {
        StringBuilder hostile = new StringBuilder(body(batch(1_000_000L * good + i)));
        int at = random.nextInt(hostile.length());
        switch (i % 3) {
          case 0 -> hostile.setCharAt(at, (char) (32 + random.nextInt(200)));
          case 1 -> hostile.insert(1, "\"" + "n".repeat(at) + i + "\":[[[[[[[[[1]]]]]]]]],");
          default -> hostile.setLength(at);
        }
        send(hostile.toString());
      }
      send(body(batch(good)));
    }
    for (int i = 0; i < 501; i++) {
      poller.runOnce();
      bury();
    }
    List<String> held =
        Stream.generate(this::nextRoll)
            .takeWhile(roll -> roll != null)
            .flatMap(roll -> roll.batches().stream())
            .map(batch -> batch.header().batch())
            .toList();
    for (int good = 1; good <= 5; good++) {
      assertThat(held).contains(batch(good).header().batch());
    }
    assertThat(held.size() + dead("undecodable") + suspects.size()).isEqualTo(5_005);
  }

  private ClosedRoll nextRoll() {
    rolls.end();
    try {
      return rolls.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void watermark_receivesBringNothingAlthoughMessagesWait_standsStill()
      throws InterruptedException {
    CaughtUp watermark = new CaughtUp(leases, List.of(poller));
    poller.runOnce();
    double before = watermark.ms();
    send(body(batch(1)));
    depth.runOnce();
    queue.receive(10, Duration.ZERO, VISIBILITY); // as if the queue gave out none
    ticker.advance(Duration.ofSeconds(90));
    poller.runOnce();
    assertThat(watermark.ms()).isEqualTo(before);
    depth.runOnce();
    poller.runOnce();
    assertThat(watermark.ms()).isGreaterThan(before);
  }

  private double suspects(String cause) {
    return registry.get("millrace.worker.suspects").tag("cause", cause).counter().count();
  }

  @Test
  void takeIn_suspects_areCountedByCause() {
    Map<String, String> letter = Map.of("dead-lettered-at", "2026-11-23T03:35:20Z");
    HeldBatch resent = batch(5);
    List<ReceivedMessage> messages =
        List.of(
            new ReceivedMessage("m1", "h1", body(batch(1)), 0, OPENED, Map.of()),
            new ReceivedMessage("m2", "h2", body(batch(2)), 2, OPENED, Map.of()),
            new ReceivedMessage("m3", "h3", body(batch(3)), 1, OPENED, letter),
            new ReceivedMessage("m4", "h4", body(batch(4)), 1, OPENED + 600_000, Map.of()),
            new ReceivedMessage(
                "m5",
                "h5",
                MessageCodec.encode(resent.header().asResent(), resent.frame()),
                1,
                OPENED,
                Map.of()),
            new ReceivedMessage("m6", "h6", body(batch(6)), 1, OPENED, Map.of()));
    intake.takeIn(messages, ticker.now(), 1 << 20);
    assertThat(suspects.size()).isEqualTo(5);
    for (String cause :
        List.of("receive_count_missing", "redelivered", "resent", "dead_letter", "late")) {
      assertThat(suspects(cause)).as(cause).isEqualTo(1);
    }
  }
}
