package io.millrace.toolbox.post;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final PostTally tally = new PostTally();

  @Test
  void done_allReadAndSentButNotAnswered_isNotDone() {
    for (int i = 0; i < 4; i++) {
      tally.sent();
    }
    assertThat(ProgressLine.done(1, tally)).isZero();
    tally.accepted(1, 1);
    assertThat(ProgressLine.done(1, tally)).isEqualTo(0.25);
    assertThat(ProgressLine.done(0.5, tally)).isEqualTo(0.125);
  }

  @Test
  void done_nothingSentYet_isNotDone() {
    assertThat(ProgressLine.done(0.3, tally)).isZero();
  }

  @Test
  void counts_sentAndAccepted_areToldApart() {
    tally.sent();
    tally.sent();
    tally.accepted(1, 1);
    tally.retried();
    assertThat(ProgressLine.counts(tally, 2)).isEqualTo("2 sent, 1 accepted, 1/s, 1 retries");
  }
}
