package io.millrace.toolbox.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueCounts;
import io.millrace.time.FakeTicker;
import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.letters.Letter;
import io.millrace.toolbox.letters.SampleBodies;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LetterRunTest {
  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue dead = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final DeadLetterQueue letters = new DeadLetterQueue(dead, ticker);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> acted = new ArrayList<>();

  private void bury(int count, String reason) {
    for (int i = 1; i <= count; i++) {
      dead.send(SampleBodies.of(i), Map.of("reason", reason), Duration.ofSeconds(1));
    }
  }

  private int run(LetterAction action, String... choice) throws InterruptedException {
    try (letters) {
      return new LetterRun(
              letters,
              CommandLine.populateCommand(new LetterChoice(), choice),
              action,
              new PrintWriter(out),
              new PrintWriter(err))
          .run();
    }
  }

  /** Fails on request, and notes what it was asked to do. */
  private LetterAction noting(boolean fails) {
    return new LetterAction() {
      @Override
      public String done() {
        return "noted";
      }

      @Override
      public Outcome act(Letter letter) {
        acted.add(letter.id());
        return fails ? new Outcome.Failed("as asked") : new Outcome.Done();
      }
    };
  }

  @Test
  void run_withoutYes_touchesNothing() throws Exception {
    bury(3, "r");
    assertThat(run(new DryRun("would be dropped"), "--all")).isZero();
    assertThat(dead.counts()).isEqualTo(new QueueCounts(3, 0, 0));
    assertThat(dead.bodies())
        .containsExactly(SampleBodies.of(1), SampleBodies.of(2), SampleBodies.of(3));
    assertThat(out.toString())
        .contains("would be dropped  m1  " + SampleBodies.WRITER + "-1  r")
        .contains("3 would be dropped", "nothing was changed; --yes does it");
  }

  @Test
  void run_dropOne_deletesThatOne() throws Exception {
    bury(3, "r");
    assertThat(run(new Drop(letters), "m2", "--yes")).isZero();
    assertThat(dead.bodies()).containsExactly(SampleBodies.of(1), SampleBodies.of(3));
    assertThat(dead.counts().visible()).isEqualTo(2);
    assertThat(out.toString()).contains("dropped  m2", "1 dropped").doesNotContain("--yes");
  }

  @Test
  void run_noSuchId_doesTheOthersAndExits2() throws Exception {
    bury(2, "r");
    assertThat(run(noting(false), "m9", "m1", "--yes")).isEqualTo(2);
    assertThat(acted).containsExactly("m1");
    assertThat(err.toString()).contains("no dead letter m9");
  }

  @Test
  void run_reason_takesOnlyThose() throws Exception {
    bury(2, "received too often");
    bury(1, "no header line");
    assertThat(run(noting(false), "--all", "--reason", "too often", "--yes")).isZero();
    assertThat(acted).hasSize(2);
  }

  @Test
  void run_someFail_exits1AndTellsWhy() throws Exception {
    bury(2, "r");
    assertThat(run(noting(true), "--all", "--yes")).isEqualTo(1);
    assertThat(err.toString()).contains("m1 failed: as asked", "m2 failed: as asked");
    assertThat(out.toString()).contains("0 noted, failed: 2");
  }

  @Test
  void run_allFail_givesUp() throws Exception {
    bury(25, "r");
    assertThat(run(noting(true), "--all", "--yes")).isEqualTo(1);
    assertThat(acted).hasSize(10);
    assertThat(err.toString()).contains("given up");
    assertThat(dead.counts().visible()).isEqualTo(25);
  }

  @Test
  void run_stopped_endsBehindTheLetterAndTellsTheCounts() throws Exception {
    bury(5, "r");
    LetterAction stopping =
        new LetterAction() {
          @Override
          public String done() {
            return "dropped";
          }

          @Override
          public Outcome act(Letter letter) {
            letters.stop();
            return new Drop(letters).act(letter);
          }
        };
    assertThat(run(stopping, "--all", "--yes")).isEqualTo(1);
    assertThat(out.toString()).contains("1 dropped");
    assertThat(err.toString()).contains("stopped");
    assertThat(dead.counts()).isEqualTo(new QueueCounts(4, 0, 0));
  }

  @Test
  void run_reasonWithEscapes_isPrintedHarmless() throws Exception {
    bury(1, "\u001b[2Jgone");
    run(noting(false), "--all", "--yes");
    assertThat(out.toString()).contains("?[2Jgone").doesNotContain("\u001b");
  }
}
