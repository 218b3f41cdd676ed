package io.millrace.web.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.model.BatchId;
import io.millrace.model.Receipt;
import io.millrace.time.Moment;
import io.millrace.web.Samples;
import io.millrace.web.batch.PendingCollection.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PendingCollectionTest {
  private final List<State> told = new ArrayList<>();
  private final PendingCollection pending =
      Samples.pending(new Moment(0, 0), collection -> told.add(collection.state()), "{}");

  @BeforeEach
  void split() {
    pending.addPart(new Receipt(new BatchId(Samples.WRITER, 1), 5, 3));
    pending.addPart(new Receipt(new BatchId(Samples.WRITER, 2), 0, 4));
  }

  @Test
  void partEnded_allSent_isAcceptedOnlyThen() {
    pending.partEnded(true);
    assertThat(pending.state()).isEqualTo(State.OPEN);

    pending.partEnded(true);

    assertThat(told).containsExactly(State.ACCEPTED);
    assertThat(pending.payloads()).isEqualTo(7);
    assertThat(pending.receipt()).isEqualTo(Samples.WRITER + "-1-5+3," + Samples.WRITER + "-2-0+4");
  }

  @Test
  void partEnded_firstFailed_isNotQueuedAtOnceAndForGood() {
    pending.partEnded(false);
    assertThat(told).containsExactly(State.NOT_QUEUED);

    pending.partEnded(true);

    assertThat(told).containsExactly(State.NOT_QUEUED);
  }

  @Test
  void partEnded_lastFailed_isNotQueued() {
    pending.partEnded(true);
    pending.partEnded(false);

    assertThat(told).containsExactly(State.NOT_QUEUED);
  }

  @Test
  void packed_payloads_areHeldNoMore() {
    long held = pending.bytesHeld();

    pending.packed();

    assertThatIllegalStateException().isThrownBy(pending::collection);
    assertThatIllegalStateException().isThrownBy(pending::middle);
    assertThat(pending.bytesHeld()).isEqualTo(held);
  }
}
