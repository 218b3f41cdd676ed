package io.millrace.web.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.BatchId;
import io.millrace.model.Receipt;
import io.millrace.web.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final Waiting waiting = new Waiting();

  @BeforeEach
  void split() {
    waiting.addPart(new Receipt(new BatchId(Samples.WRITER, 1), 5, 3));
    waiting.addPart(new Receipt(new BatchId(Samples.WRITER, 2), 0, 4));
  }

  @Test
  void partEnded_allSent_isAcceptedOnlyThen() {
    waiting.partEnded(true);
    assertThat(waiting.accepted()).isNotDone();

    waiting.partEnded(true);

    assertThat(waiting.accepted()).isCompletedWithValue(true);
    assertThat(waiting.receipt()).isEqualTo(Samples.WRITER + "-1-5+3," + Samples.WRITER + "-2-0+4");
  }

  @Test
  void partEnded_firstFailed_isNotQueuedAtOnceAndForGood() {
    waiting.partEnded(false);
    assertThat(waiting.accepted()).isCompletedWithValue(false);

    waiting.partEnded(true);

    assertThat(waiting.accepted()).isCompletedWithValue(false);
  }

  @Test
  void partEnded_lastFailed_isNotQueued() {
    waiting.partEnded(true);
    waiting.partEnded(false);

    assertThat(waiting.accepted()).isCompletedWithValue(false);
  }
}
