package io.millrace.web.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.codec.MessageCodec;
import io.millrace.model.BatchId;
import io.millrace.web.Samples;
import io.millrace.web.batch.BatchNumbers.EndedNumbers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchNumbersTest {
  private final BatchNumbers numbers = new BatchNumbers(Samples.WRITER);

  @Test
  void next_always_countsFromOneWithoutGaps() {
    assertThat(numbers.next()).hasToString(Samples.WRITER + "-1");
    assertThat(numbers.next()).hasToString(Samples.WRITER + "-2");
  }

  @Test
  void name_earlierBatchIsOpen_endsBeforeIt() {
    BatchId first = numbers.next();
    BatchId second = numbers.next();

    assertThat(numbers.name()).isEqualTo(new EndedNumbers(1, List.of()));
    numbers.sent(first, new EndedNumbers(1, List.of()));
    assertThat(numbers.name().ended()).isEqualTo(2);
    numbers.sent(second, new EndedNumbers(1, List.of()));
    numbers.next();
    assertThat(numbers.name().ended()).isEqualTo(3);
  }

  @Test
  void name_abandonedNumber_endsAtTheBatchItselfAndNamesIt() {
    abandonNext();
    numbers.next();

    assertThat(numbers.name()).isEqualTo(new EndedNumbers(2, List.of(1L)));
  }

  @Test
  void name_abandonedNumberIsBeingNamedByAnother_endsBeforeItUntilThatWasSent() {
    abandonNext();
    BatchId naming = numbers.next();
    EndedNumbers named = numbers.name();
    numbers.next();

    assertThat(numbers.name()).isEqualTo(new EndedNumbers(1, List.of()));
    numbers.sent(naming, named);
    assertThat(numbers.name()).isEqualTo(new EndedNumbers(3, List.of()));
  }

  @Test
  void name_headerThatNamedWasNotSent_namesAgainAndThatOneToo() {
    abandonNext();
    BatchId failed = numbers.next();
    numbers.abandoned(failed, numbers.name());
    numbers.next();

    assertThat(numbers.name()).isEqualTo(new EndedNumbers(3, List.of(1L, 2L)));
  }

  @Test
  void name_moreThanAHeaderHolds_namesTheLowestAndEndsBeforeTheRest() {
    for (int i = 0; i <= MessageCodec.MAX_ABANDONED; i++) {
      abandonNext();
    }
    BatchId first = numbers.next();
    EndedNumbers named = numbers.name();

    assertThat(named.abandoned())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, MessageCodec.MAX_ABANDONED).boxed().toList());
    assertThat(named.ended()).isEqualTo(MessageCodec.MAX_ABANDONED + 1);
    numbers.sent(first, named);
    assertThat(numbers.allTold()).isFalse();
    BatchId second = numbers.next();
    numbers.sent(second, numbers.name());
    assertThat(numbers.allTold()).isTrue();
  }

  @Test
  void sent_batchThatHasEnded_throws() {
    BatchId batch = numbers.next();
    EndedNumbers named = numbers.name();
    numbers.sent(batch, named);

    assertThatIllegalStateException().isThrownBy(() -> numbers.abandoned(batch, named));
  }

  /** Whatever the order of ends: what a header on the queue tells is so, and all gets told. */
  @Test
  void name_anyOrderOfEnds_neverTellsTooMuchAndInTheEndEverything() {
    for (int seed = 0; seed < 500; seed++) {
      new History(seed).run();
    }
  }

  private void abandonNext() {
    numbers.abandoned(numbers.next(), new EndedNumbers(1, List.of()));
  }

  /** One writer with several senders, and what its queue has come to know. */
  private static final class History {
    private final Random random;
    private final BatchNumbers numbers = new BatchNumbers(Samples.WRITER);
    private final List<BatchId> waiting = new ArrayList<>();
    private final List<UnderWay> underWay = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();
    private long firstUnknown = 1;
    private long last;

    private record UnderWay(BatchId batch, EndedNumbers named) {}

    History(int seed) {
      random = new Random(seed);
    }

    void run() {
      for (int step = 0; step < 600; step++) {
        switch (random.nextInt(3)) {
          case 0 -> give();
          case 1 -> name();
          default -> end(random.nextInt(4) == 0);
        }
      }
      while (!waiting.isEmpty() || !underWay.isEmpty()) {
        name();
        end(true);
      }
      int checkpoints = 0;
      while (!numbers.allTold()) {
        give();
        name();
        end(true);
        checkpoints++;
      }
      assertThat(checkpoints).isLessThanOrEqualTo(1 + (int) last / MessageCodec.MAX_ABANDONED);
      assertThat(known).hasSize((int) last);
    }

    private void give() {
      BatchId batch = numbers.next();
      waiting.add(batch);
      last = batch.seq();
    }

    private void name() {
      if (!waiting.isEmpty()) {
        BatchId batch = waiting.remove(random.nextInt(waiting.size()));
        EndedNumbers named = numbers.name();
        assertThat(named.ended()).isBetween(1L, batch.seq());
        underWay.add(new UnderWay(batch, named));
      }
    }

    /** An abandoned batch may be on the queue all the same; what it names is known then. */
    private void end(boolean sent) {
      if (underWay.isEmpty()) {
        return;
      }
      UnderWay ended = underWay.remove(random.nextInt(underWay.size()));
      if (sent) {
        numbers.sent(ended.batch(), ended.named());
      } else {
        numbers.abandoned(ended.batch(), ended.named());
      }
      if (sent || random.nextInt(4) == 0) {
        known.add(ended.batch().seq());
        known.addAll(ended.named().abandoned());
        while (known.contains(firstUnknown)) {
          firstUnknown++;
        }
        assertThat(ended.named().ended()).isLessThanOrEqualTo(firstUnknown);
      }
    }
  }
}
