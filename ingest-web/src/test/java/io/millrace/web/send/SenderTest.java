package io.millrace.web.send;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import io.millrace.web.FakeClock;
import io.millrace.web.Samples;
import io.millrace.web.WebMetrics;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.ByteBudget;
import io.millrace.web.batch.PackerLimits;
import io.millrace.web.batch.Packing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SenderTest {
  private static final Duration ACK_TIMEOUT = Duration.ofSeconds(10);

  private final QueueException cause = new QueueException("for the test", null);
  private final SendResult refused = new SendResult.Refused(cause);
  private final SendResult unknown = new SendResult.Unknown(cause);
  private final FakeClock clock = new FakeClock();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> clock.now().epochMs());
  private final ByteBudget budget = new ByteBudget(1 << 20);
  private final BatchQueue batches =
      new BatchQueue(
          new PackerLimits(100_000, Duration.ZERO, Duration.ofMinutes(1)),
          Samples.WRITER,
          clock::now);
  private final Sender sender =
      new Sender(
          new SenderParts(
              batches,
              queue,
              budget,
              Codec.ZSTD,
              ACK_TIMEOUT,
              new WebMetrics(new SimpleMeterRegistry(), budget),
              new FailureLog(clock::nanoTime),
              new Abandoned(),
              clock::nanoTime,
              duration -> clock.advance(duration.plusMillis(1))));

  @AfterEach
  void close() {
    sender.close();
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void runOnce_sent_acceptsAndCarriesTheLines() throws Exception {
    Packing packing = add("{\"a\":1}", "{\"b\":\"é\"}");
    long openedMs = clock.now().epochMs();

    assertThat(sender.runOnce()).isTrue();

    assertThat(packing.waiting().accepted()).isCompletedWithValue(true);
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
  }

  @Test
  void runOnce_refusedThenSent_isNoResend() throws Exception {
    queue.answerNextSend(refused);
    queue.answerNextSend(refused);
    Packing packing = add("{}");

    sender.runOnce();

    assertThat(packing.waiting().accepted()).isCompletedWithValue(true);
    assertThat(headers()).singleElement().matches(header -> !header.resent());
  }

  @Test
  void runOnce_unknownThenSent_changesOnlyResent() throws Exception {
    queue.answerNextSend(unknown);
    Packing packing = add("{}");

    sender.runOnce();

    List<String> bodies = queue.bodies();
    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(0)).contains("\"resent\":false");
    assertThat(bodies.get(1))
        .isEqualTo(bodies.get(0).replace("\"resent\":false", "\"resent\":true"));
    assertThat(packing.waiting().accepted()).isCompletedWithValue(true);
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
    Packing failed = add("{}");
    long started = clock.nanoTime();
    sender.runOnce();

    assertThat(failed.waiting().accepted()).isCompletedWithValue(false);
    assertThat(Duration.ofNanos(clock.nanoTime() - started))
        .isBetween(ACK_TIMEOUT.minusMillis(1), ACK_TIMEOUT.plusMillis(1));
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
  void runOnce_deadlinePassedBeforeTheFirstTry_sendsNothing() throws Exception {
    Packing packing = add("{}");
    clock.advance(ACK_TIMEOUT);

    sender.runOnce();

    assertThat(packing.waiting().accepted()).isCompletedWithValue(false);
    assertThat(queue.bodies()).isEmpty();
  }

  @Test
  void runOnce_silentMinute_sendsACheckpointAndGoesOn() throws Exception {
    add("{}");
    sender.runOnce();
    clock.advance(Duration.ofMinutes(1));
    sender.runOnce();
    Packing next = add("{}");
    sender.runOnce();

    assertThat(headers()).extracting(MessageHeader::payloads).containsExactly(1, 0, 1);
    assertThat(next.waiting().accepted()).isCompletedWithValue(true);
  }

  @Test
  void runOnce_queueClosed_isFalse() throws Exception {
    batches.close();

    assertThat(sender.runOnce()).isFalse();
  }

  private Packing add(String... payloads) {
    Packing packing = Samples.packing(clock.now(), payloads);
    assertThat(budget.tryReserve(packing.bytesHeld())).isTrue();
    assertThat(batches.add(packing)).isTrue();
    return packing;
  }

  private List<MessageHeader> headers() throws UndecodableException {
    List<MessageHeader> headers = new java.util.ArrayList<>();
    for (String body : queue.bodies()) {
      headers.add(MessageCodec.decode(body).header());
    }
    return headers;
  }
}
