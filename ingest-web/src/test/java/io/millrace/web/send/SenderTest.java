package io.millrace.web.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.codec.MessageHeader;
import io.millrace.model.Codec;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.SendResult;
import io.millrace.run.ByteBudget;
import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.time.FakeTicker;
import io.millrace.trace.Tracing;
import io.millrace.web.Samples;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.DrainRate;
import io.millrace.web.batch.PendingCollection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SenderTest {
  private static final Duration ACK_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final Duration LEAST_TRY = Duration.ofMillis(250);
  private static final Duration BACKOFF_BASE = Duration.ofMillis(50);
  private static final Duration BACKOFF_LIMIT = Duration.ofSeconds(1);

  private final QueueException cause = new QueueException("for the test", null);
  private final SendResult refused = new SendResult.Refused(cause);
  private final SendResult unknown = new SendResult.Unknown(cause);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final ByteBudget budget = new ByteBudget(1 << 20);
  private final DrainRate drainRate = new DrainRate();
  private final BatchNumbers numbers = new BatchNumbers(Samples.WRITER);
  private final BatchQueue batches =
      new BatchQueue(new BatchQueue.Limits(100_000, Duration.ZERO, SILENCE), numbers, ticker, 1);
  private final SendMetrics metrics = new SendMetrics(registry);
  private final SendTries tries =
      new SendTries(
          batches,
          queue,
          Codec.ZSTD,
          ACK_TIMEOUT,
          metrics,
          new FailureStreak(),
          new Backoff(BACKOFF_BASE, BACKOFF_LIMIT, new Random(7)),
          ticker);
  private final Sender sender =
      new Sender(batches, numbers, tries, budget, drainRate, Tracing.off(), metrics, ticker);

  @AfterEach
  void close() {
    sender.close();
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void runOnce_sent_acceptsAndCarriesTheLines() throws Exception {
    PendingCollection pending = add("{\"a\":1}", "{\"b\":\"é\"}");
    long openedMs = ticker.now().epochMs();

    assertThat(sender.runOnce()).isTrue();

    assertThat(pending.state()).isEqualTo(PendingCollection.State.ACCEPTED);
    MessageHeader header = headers().get(0);
    Decoded decoded = MessageCodec.decode(queue.bodies().get(0));
    byte[] frame = java.util.Arrays.copyOf(decoded.frame().bytes(), decoded.frame().length());
    byte[] lines = Zstd.decompress(frame, header.bytes());
    assertThat(new String(lines, UTF_8)).contains("\"payload\":{\"a\":1}}\n", "{\"b\":\"é\"}}\n");
    assertThat(lines).hasSize(header.bytes());
    assertThat(header.payloads()).isEqualTo(2);
    assertThat(header.opened()).isEqualTo(openedMs);
    assertThat(header.resent()).isFalse();
    assertThat(header.abandoned()).isEmpty();
    assertThat(header.ended()).isEqualTo(1);
  }

  @Test
  void runOnce_sent_countsItsBytesAsDrained() throws Exception {
    PendingCollection pending = add("{\"a\":1}");

    sender.runOnce();

    assertThat(drainRate.bytesPerSecond(ticker.nanos())).isEqualTo(pending.bytesHeld() / 10.0);
  }

  @Test
  void runOnce_sentAtTheThirdTry_countsLingerTriesAndRatios() throws Exception {
    queue.answerNextSend(refused);
    queue.answerNextSend(unknown);
    add("{\"a\":\"" + "a".repeat(900) + "\"}");
    ticker.advance(Duration.ofMillis(30));

    sender.runOnce();

    int lines = headers().get(0).bytes();
    assertThat(registry.get("millrace.web.linger.duration").timer().totalTime(MILLISECONDS))
        .isEqualTo(30);
    assertThat(registry.get("millrace.web.send.retries").counter().count()).isEqualTo(2);
    assertThat(registry.get("millrace.web.batch.fill.ratio").summary().totalAmount())
        .isEqualTo(lines / 100_000.0);
    double frame = registry.get("millrace.web.frame.bytes").counter().count();
    assertThat(registry.get("millrace.web.batch.compression.ratio").summary().totalAmount())
        .isEqualTo(lines / frame);
  }

  @Test
  void runOnce_checkpoint_isInNoRatio() throws Exception {
    add("{}");
    sender.runOnce();
    ticker.advance(SILENCE);
    sender.runOnce();

    assertThat(registry.get("millrace.web.batches.sent").counter().count()).isEqualTo(2);
    assertThat(registry.get("millrace.web.linger.duration").timer().count()).isOne();
    assertThat(registry.get("millrace.web.batch.fill.ratio").summary().count()).isOne();
  }

  @Test
  void runOnce_notSent_countsNothingAsDrained() throws Exception {
    queue.refuseSends(cause);
    add("{}");

    sender.runOnce();

    assertThat(drainRate.bytesPerSecond(ticker.nanos())).isZero();
  }

  @Test
  void runOnce_refusedThenSent_isNoResend() throws Exception {
    queue.answerNextSend(refused);
    queue.answerNextSend(refused);
    PendingCollection pending = add("{}");

    sender.runOnce();

    assertThat(pending.state()).isEqualTo(PendingCollection.State.ACCEPTED);
    assertThat(headers()).singleElement().matches(header -> !header.resent());
  }

  @Test
  void runOnce_manyRefusals_waitsAtRandomAndUpToTwiceAsLongEachTime() throws Exception {
    List<Duration> longest =
        Stream.iterate(BACKOFF_BASE, wait -> wait.multipliedBy(2))
            .map(wait -> wait.compareTo(BACKOFF_LIMIT) < 0 ? wait : BACKOFF_LIMIT)
            .limit(10)
            .toList();
    longest.forEach(wait -> queue.answerNextSend(refused));
    add("{}");

    sender.runOnce();

    assertThat(ticker.pauses()).hasSameSizeAs(longest).doesNotHaveDuplicates();
    for (int i = 0; i < longest.size(); i++) {
      assertThat(ticker.pauses().get(i)).isBetween(Duration.ZERO, longest.get(i));
    }
    assertThat(headers()).singleElement().matches(header -> !header.resent());
  }

  @Test
  void runOnce_unknownThenSent_changesOnlyResent() throws Exception {
    queue.refuseSends(cause);
    add("{}");
    sender.runOnce();
    queue.refuseSends(null);
    queue.answerNextSend(unknown);
    PendingCollection pending = add("{}");

    sender.runOnce();

    List<String> bodies = queue.bodies();
    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(0)).contains("\"resent\":false", "\"ended\":2", "\"abandoned\":[1]");
    assertThat(bodies.get(1))
        .isEqualTo(bodies.get(0).replace("\"resent\":false", "\"resent\":true"));
    assertThat(pending.state()).isEqualTo(PendingCollection.State.ACCEPTED);
  }

  @Test
  void runOnce_unknownThenRefusedThenSent_staysResent() throws Exception {
    queue.answerNextSend(unknown);
    queue.answerNextSend(refused);
    add("{}");

    sender.runOnce();

    assertThat(headers()).extracting(MessageHeader::resent).containsExactly(false, true);
  }

  @Test
  void runOnce_refusedUntilTheDeadline_failsAndTheNextHeaderNamesIt() throws Exception {
    queue.refuseSends(cause);
    PendingCollection failed = add("{}");
    long started = ticker.nanos();
    sender.runOnce();

    assertThat(failed.state()).isEqualTo(PendingCollection.State.NOT_QUEUED);
    assertThat(Duration.ofNanos(ticker.nanos() - started))
        .isBetween(ACK_TIMEOUT.minus(LEAST_TRY).minus(BACKOFF_LIMIT), ACK_TIMEOUT);
    assertThat(queue.bodies()).isEmpty();
    queue.refuseSends(null);
    add("{}");
    sender.runOnce();
    add("{}");
    sender.runOnce();

    assertThat(headers())
        .extracting(MessageHeader::abandoned)
        .containsExactly(List.of(1L), List.of());
  }

  @Test
  void runOnce_failedHeaderThatNamedOthers_givesThemToTheNext() throws Exception {
    queue.refuseSends(cause);
    add("{}");
    sender.runOnce();
    add("{}");
    sender.runOnce();
    queue.refuseSends(null);
    add("{}");
    sender.runOnce();

    assertThat(headers()).extracting(MessageHeader::abandoned).containsExactly(List.of(1L, 2L));
  }

  @Test
  void runOnce_answersLostUntilTheDeadline_isNamedThoughTheQueueHasIt() throws Exception {
    queue.answerNextSend(unknown);
    queue.refuseSends(cause);
    PendingCollection failed = add("{}");
    sender.runOnce();
    queue.refuseSends(null);
    add("{}");
    sender.runOnce();

    assertThat(failed.state()).isEqualTo(PendingCollection.State.NOT_QUEUED);
    assertThat(headers())
        .extracting(MessageHeader::abandoned)
        .containsExactly(List.of(), List.of(1L));
    assertThat(headers()).extracting(MessageHeader::ended).containsExactly(1L, 2L);
  }

  @Test
  void runOnce_manyTries_eachWaitsForHalfOfWhatIsLeftButASecondAtLeast() throws Exception {
    queue.refuseSends(cause);
    add("{}");
    long start = ticker.nanos();

    sender.runOnce();

    assertThat(queue.sendTimeouts().get(0)).isEqualTo(ACK_TIMEOUT.dividedBy(2));
    assertThat(queue.sendTimeouts()).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(queue.sendTimeouts()).anyMatch(Duration.ofSeconds(1)::equals);
    assertThat(ticker.nanos() - start).isLessThanOrEqualTo(ACK_TIMEOUT.minus(LEAST_TRY).toNanos());
    assertThat(queue.sendTimeouts()).allMatch(timeout -> timeout.compareTo(LEAST_TRY) >= 0);
  }

  @Test
  void runOnce_lessThanATryIsLeft_sendsNothing() throws Exception {
    PendingCollection pending = add("{}");
    ticker.advance(ACK_TIMEOUT.minus(LEAST_TRY).plusNanos(1));

    sender.runOnce();

    assertThat(pending.state()).isEqualTo(PendingCollection.State.NOT_QUEUED);
    assertThat(queue.sendTimeouts()).isEmpty();
  }

  @Test
  void runOnce_justATryIsLeft_sends() throws Exception {
    PendingCollection pending = add("{}");
    ticker.advance(ACK_TIMEOUT.minus(LEAST_TRY));

    sender.runOnce();

    assertThat(pending.state()).isEqualTo(PendingCollection.State.ACCEPTED);
    assertThat(queue.sendTimeouts()).containsExactly(LEAST_TRY);
  }

  @Test
  void runOnce_oneListenerThrows_answersTheOthersAndCounts() throws Exception {
    PendingCollection first =
        Samples.pending(
            ticker.now(),
            ended -> {
              throw new IllegalStateException("for the test");
            },
            "{}");
    assertThat(budget.tryReserve(first.bytesHeld())).isTrue();
    assertThat(batches.add(first)).isTrue();
    PendingCollection second = add("{}");

    sender.runOnce();

    assertThat(second.state()).isEqualTo(PendingCollection.State.ACCEPTED);
    assertThat(registry.get("millrace.web.listener.failures").counter().count()).isOne();
    assertThat(queue.bodies()).hasSize(1);
  }

  @Test
  void runOnce_deadlinePassedBeforeTheFirstTry_sendsNothing() throws Exception {
    PendingCollection pending = add("{}");
    ticker.advance(ACK_TIMEOUT);

    sender.runOnce();

    assertThat(pending.state()).isEqualTo(PendingCollection.State.NOT_QUEUED);
    assertThat(queue.bodies()).isEmpty();
  }

  @Test
  void runOnce_silentMinute_sendsACheckpointAndGoesOn() throws Exception {
    add("{}");
    sender.runOnce();
    ticker.advance(SILENCE);
    sender.runOnce();
    PendingCollection next = add("{}");
    sender.runOnce();

    assertThat(headers()).extracting(MessageHeader::payloads).containsExactly(1, 0, 1);
    assertThat(headers()).extracting(MessageHeader::ended).containsExactly(1L, 2L, 3L);
    assertThat(next.state()).isEqualTo(PendingCollection.State.ACCEPTED);
  }

  @Test
  void runOnce_checkpointNotSent_sendsAnotherThatNamesIt() throws Exception {
    add("{}");
    sender.runOnce();
    queue.refuseSends(cause);
    ticker.advance(SILENCE);
    sender.runOnce();
    queue.refuseSends(null);
    ticker.advance(SILENCE);
    sender.runOnce();

    assertThat(headers()).extracting(MessageHeader::payloads).containsExactly(1, 0);
    assertThat(headers().get(1).abandoned()).containsExactly(2L);
    assertThat(headers().get(1).ended()).isEqualTo(3);
  }

  @Test
  void sendCheckpoints_moreAbandonedThanAHeaderNames_sendsUntilAllAreNamed() throws Exception {
    abandon(2 * MessageCodec.MAX_ABANDONED + 50);

    sender.sendCheckpoints();

    assertThat(headers())
        .extracting(header -> header.abandoned().size())
        .containsExactly(MessageCodec.MAX_ABANDONED, MessageCodec.MAX_ABANDONED, 50);
    assertThat(headers()).extracting(MessageHeader::ended).containsExactly(101L, 201L, 253L);
    assertThat(headers()).extracting(MessageHeader::payloads).containsOnly(0);
  }

  @Test
  void sendCheckpoints_oneIsNotSent_givesUpWithinAckTimeout() throws Exception {
    abandon(2 * MessageCodec.MAX_ABANDONED);
    queue.answerNextSend(new SendResult.Sent("m"));
    queue.refuseSends(cause);
    long started = ticker.nanos();

    sender.sendCheckpoints();

    assertThat(headers()).hasSize(1);
    assertThat(Duration.ofNanos(ticker.nanos() - started))
        .isLessThanOrEqualTo(ACK_TIMEOUT.plusMillis(1));
  }

  @Test
  void sendCheckpoints_lastBatchWasACheckpointThatTellsAll_sendsNone() throws Exception {
    add("{}");
    sender.runOnce();
    sender.sendCheckpoints();
    sender.sendCheckpoints();

    assertThat(headers()).extracting(MessageHeader::payloads).containsExactly(1, 0);
  }

  @Test
  void runOnce_queueClosed_isFalse() throws Exception {
    batches.close();

    assertThat(sender.runOnce()).isFalse();
  }

  private void abandon(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      add("{}");
      ticker.advance(ACK_TIMEOUT);
      sender.runOnce();
    }
  }

  private PendingCollection add(String... payloads) {
    PendingCollection pending = Samples.pending(ticker.now(), payloads);
    assertThat(budget.tryReserve(pending.bytesHeld())).isTrue();
    assertThat(batches.add(pending)).isTrue();
    return pending;
  }

  private List<MessageHeader> headers() throws UndecodableException {
    List<MessageHeader> headers = new java.util.ArrayList<>();
    for (String body : queue.bodies()) {
      headers.add(MessageCodec.decode(body).header());
    }
    return headers;
  }
}
