package io.millrace.worker.roll;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.SampleBatches.sized;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Claim;
import io.millrace.model.Codec;
import io.millrace.time.Moment;
import io.millrace.worker.roll.ClosedRoll.CloseCause;
import io.millrace.worker.settle.HeldBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenRollsTest {
  private static final int KIB = 1024;
  private static final long HOUR_MS = 3_600_000;
  private static final Moment START = new Moment(0, OPENED);

  private final OpenRolls rolls =
      new OpenRolls(new RollLimits(10 * KIB, Duration.ofSeconds(30), 25 * KIB, 4, 80_000));

  private static Moment after(long seconds) {
    return new Moment(seconds * 1_000_000_000, OPENED + seconds * 1000);
  }

  private static HeldBatch inHour(long seq, int hour, int bytes) {
    HeldBatch empty = batch(seq, OPENED + hour * HOUR_MS, Codec.ZSTD, List.of());
    return new HeldBatch(
        empty.header(), sized(seq, bytes).frame(), empty.receiptHandle(), Claim.NONE, null);
  }

  @Test
  void add_batchThatWouldPassTheSize_closesTheRollBefore() {
    HeldBatch first = sized(1, 4 * KIB);
    HeldBatch second = sized(2, 4 * KIB);
    assertThat(rolls.add(first, START)).isEmpty();
    assertThat(rolls.add(second, START)).isEmpty();
    List<ClosedRoll> closed = rolls.add(sized(3, 1), after(1));
    assertThat(closed).hasSize(1);
    assertThat(closed.get(0).batches()).containsExactly(first, second);
    assertThat(closed.get(0).cause()).isEqualTo(CloseCause.SIZE);
    assertThat(closed.get(0).closedMs()).isEqualTo(OPENED + 1000);
    assertThat(rolls.size()).isEqualTo(1);
  }

  @Test
  void add_batchLargerThanARoll_getsOneOfItsOwn() {
    assertThat(rolls.add(sized(1, 12 * KIB), START)).isEmpty();
    List<ClosedRoll> closed = rolls.add(sized(2, 1), START);
    assertThat(closed).hasSize(1);
    assertThat(closed.get(0).batches()).hasSize(1);
  }

  @Test
  void closeOld_rollOfTheAge_isClosedAndYoungerStays() {
    rolls.add(inHour(1, 0, 10), START);
    rolls.add(inHour(2, 1, 10), after(10));
    rolls.add(inHour(3, 0, 10), after(29));
    assertThat(rolls.nanosToOldest(after(29).nanos())).isEqualTo(1_000_000_000);
    assertThat(rolls.closeOld(after(29))).isEmpty();
    List<ClosedRoll> closed = rolls.closeOld(after(30));
    assertThat(closed).hasSize(1);
    assertThat(closed.get(0).batches()).hasSize(2);
    assertThat(closed.get(0).cause()).isEqualTo(CloseCause.AGE);
    assertThat(rolls.nanosToOldest(after(30).nanos())).isEqualTo(10_000_000_000L);
  }

  @Test
  void add_hoursAndCodecs_goToRollsOfTheirOwn() {
    rolls.add(batch(1, OPENED, Codec.ZSTD, List.of("{}")), START);
    rolls.add(batch(2, OPENED, Codec.GZIP, List.of("{}")), START);
    rolls.add(batch(3, OPENED + HOUR_MS, Codec.ZSTD, List.of("{}")), START);
    rolls.add(batch(4, OPENED, Codec.ZSTD, List.of("{}")), START);
    List<ClosedRoll> closed = rolls.closeAll(START);
    assertThat(closed).hasSize(3);
    assertThat(closed.get(0).batches()).hasSize(2);
    assertThat(closed).extracting(ClosedRoll::key).doesNotHaveDuplicates();
    assertThat(rolls.nanosToOldest(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void add_openRollsPastTheirLimit_closesTheFullest() {
    rolls.add(inHour(1, 0, 5 * KIB), START);
    rolls.add(inHour(2, 1, 8 * KIB), START);
    rolls.add(inHour(3, 2, 7 * KIB), START);
    List<ClosedRoll> closed = rolls.add(inHour(4, 3, 3 * KIB), START);
    assertThat(closed).hasSize(1);
    assertThat(closed.get(0).cause()).isEqualTo(CloseCause.OPEN_LIMIT);
    assertThat(closed.get(0).batches().get(0).header().batch()).endsWith("-2");
    assertThat(rolls.size()).isEqualTo(3);
  }

  @Test
  void add_manyAtRandom_noneIsLostOrDoubled() {
    Random random = new Random(7);
    List<ClosedRoll> closed = new ArrayList<>();
    for (int i = 1; i <= 2000; i++) {
      Moment now = after(i / 10);
      closed.addAll(rolls.add(inHour(i, random.nextInt(5), random.nextInt(6 * KIB)), now));
      closed.addAll(rolls.closeOld(now));
    }
    closed.addAll(rolls.closeAll(after(300)));
    assertThat(closed.stream().flatMap(roll -> roll.batches().stream()))
        .hasSize(2000)
        .doesNotHaveDuplicates();
    assertThat(closed).allMatch(roll -> roll.heldBytes() <= 10 * KIB);
  }
}
