package io.millrace.worker.roll;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Codec;
import io.millrace.worker.settle.HeldBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SuspectQueueTest {
  private final SuspectQueue queue = new SuspectQueue();

  private static HeldBatch inHour(long seq, int hour) {
    return batch(seq, OPENED + hour * 3_600_000L, Codec.ZSTD, List.of("{}"));
  }

  @Test
  void take_severalHours_bringsThoseOfOneHourInOrder() throws InterruptedException {
    HeldBatch first = inHour(1, 0);
    HeldBatch later = inHour(2, 1);
    HeldBatch second = batch(3, OPENED, Codec.GZIP, List.of());
    assertThat(queue.add(List.of(first, later))).isTrue();
    assertThat(queue.add(List.of(second))).isTrue();
    assertThat(queue.take()).containsExactly(first, second);
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.take()).containsExactly(later);
  }

  @Test
  void take_moreThanAreCheckedTogether_leavesTheRest() throws InterruptedException {
    HeldBatch other = inHour(1, 1);
    List<HeldBatch> suspects = new ArrayList<>(Collections.nCopies(500, inHour(2, 0)));
    suspects.add(1, other);
    HeldBatch last = inHour(3, 0);
    suspects.add(last);
    queue.add(suspects);
    assertThat(queue.take()).hasSize(500).doesNotContain(other, last);
    assertThat(queue.take()).containsExactly(other);
    assertThat(queue.take()).containsExactly(last);
  }

  @Test
  void take_noneThere_waitsForOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<HeldBatch>>> takers =
          List.of(threads.submit(queue::take), threads.submit(queue::take));
      queue.add(List.of(inHour(1, 0), inHour(2, 1)));
      List<HeldBatch> taken = new ArrayList<>();
      for (Future<List<HeldBatch>> taker : takers) {
        taken.addAll(taker.get(10, TimeUnit.SECONDS));
      }
      assertThat(taken).hasSize(2);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void end_suspectsWaiting_returnsThemAndTakesNoMore() throws InterruptedException {
    HeldBatch suspect = inHour(1, 0);
    queue.add(List.of(suspect));
    assertThat(queue.end()).containsExactly(suspect);
    assertThat(queue.size()).isZero();
    assertThat(queue.add(List.of(suspect))).isFalse();
    assertThat(queue.take()).isNull();
    assertThat(queue.end()).isEmpty();
  }

  @Test
  void end_takersWaiting_wakesThemAll() throws InterruptedException {
    List<Thread> takers = new ArrayList<>();
    List<Object> endings = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 3; i++) {
      Thread taker =
          new Thread(
              () -> {
                try {
                  endings.add(queue.take() == null);
                } catch (InterruptedException e) {
                  endings.add(e);
                }
              });
      taker.start();
      takers.add(taker);
    }
    await().until(() -> takers.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
    queue.end();
    for (Thread taker : takers) {
      taker.join(10_000);
    }
    assertThat(endings).containsExactly(true, true, true);
  }
}
