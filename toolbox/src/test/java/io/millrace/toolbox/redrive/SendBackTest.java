package io.millrace.toolbox.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.SendResult;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.letters.SampleBodies;
import io.millrace.toolbox.redrive.LetterAction.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SendBackTest {
  private static final Map<String, String> BY_A_WORKER =
      Map.of(
          "traceparent", "00-1-2-01",
          "reason", "received too often",
          "original-message-id", "m77",
          "dead-lettered-at", "2026-11-23T03:35:20.123Z");

  private final QueueException noAnswer =
      new QueueException("no answer in time", new IllegalStateException());

  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final FakeMessageQueue dead = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final DeadLetterQueue letters = new DeadLetterQueue(dead, ticker);
  private final SendBack action =
      new SendBack(
          queue,
          letters,
          new Pauses(ticker, 2),
          new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2), new Random(1)),
          ticker);
  private final List<Outcome> outcomes = new ArrayList<>();

  private void bury(String body, Map<String, String> attributes) {
    dead.send(body, attributes, Duration.ofSeconds(1));
  }

  private void sendAll() throws InterruptedException {
    letters.visit(
        letter -> {
          outcomes.add(action.act(letter));
          return true;
        });
    letters.close();
  }

  @Test
  void act_decodable_isSentResentWithoutItsReasonAndDeleted() throws Exception {
    bury(SampleBodies.of(1), BY_A_WORKER);
    sendAll();
    assertThat(outcomes).containsExactly(new Outcome.Done());
    assertThat(dead.bodies()).isEmpty();
    assertThat(queue.bodies())
        .containsExactly(SampleBodies.of(1).replace("\"resent\":false", "\"resent\":true"));
    Map<String, String> kept = new HashMap<>(BY_A_WORKER);
    kept.remove("reason");
    assertThat(queue.attributes()).containsExactly(kept);
  }

  @Test
  void act_undecodable_isSentAsItIsWithAllAttributes() throws Exception {
    bury("hello", BY_A_WORKER);
    sendAll();
    assertThat(queue.bodies()).containsExactly("hello");
    assertThat(queue.attributes()).containsExactly(BY_A_WORKER);
    assertThat(dead.bodies()).isEmpty();
  }

  @Test
  void act_undecodableMovedByThePolicy_getsTheMarkThatItWasDead() throws Exception {
    bury("hello", Map.of());
    sendAll();
    assertThat(queue.attributes()).hasSize(1);
    assertThat(queue.attributes().get(0)).containsOnlyKeys("dead-lettered-at");
  }

  @Test
  void act_many_keepsTheRate() throws Exception {
    for (int i = 1; i <= 12; i++) {
      bury(SampleBodies.of(i), Map.of());
    }
    sendAll();
    List<Long> sent = new ArrayList<>();
    while (sent.size() < 12) {
      queue.receive(10, Duration.ZERO, Duration.ofMinutes(1)).stream()
          .map(ReceivedMessage::sentMs)
          .forEach(sent::add);
    }
    for (int i = 1; i < sent.size(); i++) {
      assertThat(sent.get(i) - sent.get(i - 1)).isEqualTo(500);
    }
  }

  @Test
  void act_answerLost_isSentAgainMarkedBothTimes() throws Exception {
    bury(SampleBodies.of(1), BY_A_WORKER);
    queue.answerNextSend(new SendResult.Unknown(noAnswer));
    sendAll();
    assertThat(outcomes).containsExactly(new Outcome.Done());
    assertThat(queue.bodies()).hasSize(2).allMatch(body -> body.contains("\"resent\":true"));
    assertThat(ticker.pauses()).hasSize(1);
    assertThat(dead.bodies()).isEmpty();
  }

  @Test
  void act_answerLostEachTime_leavesTheLetterAndSaysSo() throws Exception {
    bury(SampleBodies.of(1), BY_A_WORKER);
    for (int i = 0; i < 5; i++) {
      queue.answerNextSend(new SendResult.Unknown(noAnswer));
    }
    sendAll();
    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.why()).contains("the letter stays"));
    assertThat(dead.bodies()).containsExactly(SampleBodies.of(1));
    assertThat(dead.counts().visible()).isEqualTo(1);
  }

  @Test
  void act_refused_leavesTheLetterAndSaysWhy() throws Exception {
    bury(SampleBodies.of(1), BY_A_WORKER);
    queue.refuseSends(new QueueException("no permission", new IllegalStateException()));
    sendAll();
    assertThat(outcomes).containsExactly(new Outcome.Failed("the queue refused it: no permission"));
    assertThat(queue.bodies()).isEmpty();
    assertThat(dead.attributes()).containsExactly(BY_A_WORKER);
  }

  @Test
  void act_deadLettersAwayAfterTheSend_leavesTheLetter() throws Exception {
    bury(SampleBodies.of(1), BY_A_WORKER);
    letters.visit(
        letter -> {
          dead.failWith(new QueueException("away", new IllegalStateException()));
          outcomes.add(action.act(letter));
          dead.failWith(null);
          return true;
        });
    assertThat(outcomes)
        .containsExactly(
            new Outcome.Failed("the queue has it, but the letter can't be deleted: away"));
    assertThat(queue.bodies()).hasSize(1);
    assertThat(dead.bodies()).containsExactly(SampleBodies.of(1));
  }

  @Test
  void act_stoppedWhileItWaits_leavesTheNextLetter() throws Exception {
    bury(SampleBodies.of(1), Map.of());
    bury(SampleBodies.of(2), Map.of());
    letters.visit(
        letter -> {
          if (!outcomes.isEmpty()) {
            letters.stop();
          }
          outcomes.add(action.act(letter));
          return true;
        });
    assertThat(outcomes)
        .containsExactly(new Outcome.Done(), new Outcome.LeftOut("stopped before it"));
    assertThat(dead.bodies()).containsExactly(SampleBodies.of(2));
  }

  @Test
  void act_wasSentBeforeAndIsBuriedAgain_isLeftOut() throws Exception {
    bury("hello", Map.of());
    letters.visit(
        letter -> {
          outcomes.add(action.act(letter));
          for (ReceivedMessage again : queue.receive(10, Duration.ZERO, Duration.ofMinutes(9))) {
            bury(again.body(), Map.of("original-message-id", again.messageId()));
          }
          return true;
        });
    assertThat(outcomes).hasSize(2).first().isEqualTo(new Outcome.Done());
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.LeftOut.class);
    assertThat(dead.bodies()).containsExactly("hello");
  }
}
