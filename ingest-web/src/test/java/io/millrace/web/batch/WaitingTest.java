package io.millrace.web.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.BatchId;
import io.millrace.model.Receipt;
import io.millrace.web.Samples;
import io.millrace.web.batch.Waiting.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final List<State> told = new ArrayList<>();
  private final Waiting waiting = new Waiting(collection -> told.add(collection.state()));

  @BeforeEach
  void split() {
    waiting.addPart(new Receipt(new BatchId(Samples.WRITER, 1), 5, 3));
    waiting.addPart(new Receipt(new BatchId(Samples.WRITER, 2), 0, 4));
  }

  @Test
  void partEnded_allSent_isAcceptedOnlyThen() {
    waiting.partEnded(true);
    assertThat(waiting.state()).isEqualTo(State.OPEN);

    waiting.partEnded(true);

    assertThat(told).containsExactly(State.ACCEPTED);
    assertThat(waiting.payloads()).isEqualTo(7);
    assertThat(waiting.receipt()).isEqualTo(Samples.WRITER + "-1-5+3," + Samples.WRITER + "-2-0+4");
  }

  @Test
  void partEnded_firstFailed_isNotQueuedAtOnceAndForGood() {
    waiting.partEnded(false);
    assertThat(told).containsExactly(State.NOT_QUEUED);

    waiting.partEnded(true);

    assertThat(told).containsExactly(State.NOT_QUEUED);
  }

  @Test
  void partEnded_lastFailed_isNotQueued() {
    waiting.partEnded(true);
    waiting.partEnded(false);

    assertThat(told).containsExactly(State.NOT_QUEUED);
  }
}
