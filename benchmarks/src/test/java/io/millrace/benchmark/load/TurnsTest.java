package io.millrace.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The clock is a number here, the server a delay. */
class TurnsTest {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LaneTally tally = new LaneTally();
  private final Histogram latencies = new Histogram(3);

  @Test
  void take_openLoop_isMeantForItsTime() {
    Turns turns = new Turns(new Schedule(0, 0, SECOND, 100), tally);

    assertThat(turns.isDue(0)).isTrue();
    assertThat(turns.take(0)).isZero();
    assertThat(turns.isDue(9 * MS)).isFalse();
    assertThat(turns.untilNext(9 * MS)).isEqualTo(MS);
    assertThat(turns.isDue(15 * MS)).isTrue();
    assertThat(turns.take(15 * MS)).isEqualTo(10 * MS);
  }

  @Test
  void answered_stalledServer_countsForAllThatShouldHaveBeenSent() {
    // One connection, 100 requests a second, a millisecond for an answer, but one takes 500 ms.
    Turns turns = new Turns(new Schedule(0, 0, 2 * SECOND, 100), tally);

    serve(turns, due -> due == 500 * MS ? 500 * MS : MS);

    assertThat(tally.counts().answered()).isEqualTo(200);
    tally.drainInto(latencies);
    assertThat(latencies.getTotalCount()).isEqualTo(200);
    // Each turn of the stall waited for what was left of it: 500, 491, 482 … ms.
    assertThat(latencies.getMaxValue()).isBetween(500_000L, 501_000L);
    long waited = latencies.getCountBetweenValues(2_000, 600_000);
    assertThat(waited).isBetween(50L, 60L);
    assertThat(latencies.getValueAtPercentile(90)).isGreaterThan(200_000);
  }

  @Test
  void answered_closedLoop_runsFromItsSending() {
    Turns turns = new Turns(new Schedule(0, 0, 2 * SECOND, 0), tally);

    serve(turns, due -> due == 500 * MS ? 500 * MS : MS);

    tally.drainInto(latencies);
    assertThat(latencies.getCountBetweenValues(2_000, 600_000)).isEqualTo(1);
  }

  @Test
  void answered_inWarmUp_isCountedButNotMeasured() {
    Turns turns = new Turns(new Schedule(0, SECOND, 2 * SECOND, 100), tally);

    serve(turns, due -> MS);

    assertThat(tally.counts().answered()).isEqualTo(200);
    tally.drainInto(latencies);
    assertThat(latencies.getTotalCount()).isEqualTo(100);
  }

  @Test
  void isDue_afterColdWarmUp_leavesItsBacklogOut() {
    Turns turns = new Turns(new Schedule(0, SECOND, 2 * SECOND, 100), tally);

    serve(turns, due -> due == 0 ? SECOND : MS);

    tally.drainInto(latencies);
    assertThat(latencies.getMaxValue()).isLessThan(3_000);
    assertThat(tally.counts().answered()).isEqualTo(101);
  }

  @Test
  void finish_serverThatNeverAnswers_countsEveryTurn() {
    Turns turns = new Turns(new Schedule(0, 0, SECOND, 100), tally);
    long due = turns.isDue(0) ? turns.take(0) : -1;

    assertThat(turns.isDue(SECOND)).isFalse();
    turns.unanswered(due, 3 * SECOND);
    turns.finish(3 * SECOND);

    LoadCounts counts = tally.counts();
    assertThat(counts.unanswered()).isEqualTo(1);
    assertThat(counts.unsent()).isEqualTo(99);
    tally.drainInto(latencies);
    assertThat(latencies.getTotalCount()).isEqualTo(100);
    assertThat(latencies.getMinValue()).isGreaterThanOrEqualTo(2_000_000);
  }

  @Test
  void share_lanesTogether_areTheWholeSchedule() {
    Schedule whole = new Schedule(0, 0, SECOND, 100);

    assertThat(whole.share(0, 2).due(1)).isEqualTo(20 * MS);
    assertThat(whole.share(1, 2).due(0)).isEqualTo(10 * MS);
    assertThat(whole.share(1, 2).due(1)).isEqualTo(30 * MS);
  }

  private interface Server {
    long answersAfter(long due);
  }

  /** One connection; time goes on by half milliseconds. */
  private static void serve(Turns turns, Server server) {
    Deque<long[]> underWay = new ArrayDeque<>();
    for (long now = 0; now < 4 * SECOND; now += MS / 2) {
      if (!underWay.isEmpty() && underWay.peek()[1] <= now) {
        turns.answered(underWay.remove()[0], now, 202, 4);
      }
      if (underWay.isEmpty() && turns.isDue(now)) {
        long due = turns.take(now);
        underWay.add(new long[] {due, now + server.answersAfter(due)});
      }
    }
    turns.finish(4 * SECOND);
  }
}
