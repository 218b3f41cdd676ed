package io.millrace.toolbox.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueCounts;
import io.millrace.queue.QueueException;
import io.millrace.time.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterQueueTest {
  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final DeadLetterQueue letters = new DeadLetterQueue(queue, ticker);
  private final List<String> shown = new ArrayList<>();

  private void send(int count) {
    for (int i = 1; i <= count; i++) {
      queue.send("body " + i, Map.of(), Duration.ofSeconds(1));
    }
  }

  private boolean show(Letter letter) {
    shown.add(letter.message().body());
    return true;
  }

  @Test
  void visit_moreThanOneReceive_showsEachOnceAndChangesNothing() throws Exception {
    send(25);
    letters.visit(this::show);
    assertThat(shown).hasSize(25).doesNotHaveDuplicates();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 25, 0));
    assertThat(letters.othersCounted()).isZero();

    letters.close();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(25, 0, 0));
  }

  @Test
  void visit_longerThanTheVisibility_showsEachOnceAndKeepsThemHidden() throws Exception {
    send(30);
    letters.visit(
        letter -> {
          ticker.advance(Duration.ofSeconds(50));
          assertThat(queue.counts().inFlight()).isGreaterThanOrEqualTo(shown.size());
          return show(letter);
        });
    assertThat(shown).hasSize(30).doesNotHaveDuplicates();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 30, 0));
  }

  @Test
  void visit_letterDeliveredTwice_isShownOnce() throws Exception {
    send(1);
    letters.visit(
        letter -> {
          ticker.advance(DeadLetterQueue.VISIBILITY.multipliedBy(2));
          queue.receive(1, Duration.ZERO, Duration.ZERO);
          return show(letter);
        });
    assertThat(shown).containsExactly("body 1");
  }

  @Test
  void visit_visitorHasEnough_handsTheRestBackToo() throws Exception {
    send(5);
    letters.visit(letter -> show(letter) && shown.size() < 2);
    letters.close();
    assertThat(shown).hasSize(2);
    assertThat(queue.counts().visible()).isEqualTo(5);
  }

  @Test
  void visit_visitorFails_isHandedBackByClose() {
    send(5);
    assertThatThrownBy(
            () -> {
              try (letters) {
                letters.visit(
                    letter -> {
                      throw new InterruptedException("as asked");
                    });
              }
            })
        .isInstanceOf(InterruptedException.class);
    assertThat(queue.counts().visible()).isEqualTo(5);
  }

  @Test
  void visit_stopped_endsBeforeTheNextLetter() throws Exception {
    send(5);
    letters.visit(
        letter -> {
          letters.stop();
          return show(letter);
        });
    assertThat(shown).hasSize(1);
  }

  @Test
  void delete_letterShown_isGoneAndOthersStay() throws Exception {
    send(3);
    letters.visit(
        letter -> {
          if (letter.message().body().equals("body 2")) {
            assertThat(letters.delete(letter)).isNull();
          }
          return show(letter);
        });
    letters.close();
    assertThat(queue.bodies()).containsExactly("body 1", "body 3");
  }

  @Test
  void delete_queueAway_saysWhy() throws Exception {
    send(1);
    letters.visit(
        letter -> {
          queue.failWith(new QueueException("away", new IllegalStateException()));
          assertThat(letters.delete(letter)).isEqualTo("away");
          queue.failWith(null);
          return show(letter);
        });
    assertThat(queue.bodies()).hasSize(1);
  }

  @Test
  void othersCounted_heldByAnother_isTold() throws Exception {
    send(3);
    queue.receive(2, Duration.ZERO, Duration.ofMinutes(5));
    letters.visit(this::show);
    assertThat(shown).hasSize(1);
    assertThat(letters.othersCounted()).isEqualTo(2);
  }
}
