package io.millrace.toolbox.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParallelTest {
  @Test
  void each_manyItems_runsEachOnce() throws InterruptedException {
    List<Integer> items = IntStream.range(0, 10_000).boxed().toList();
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    new Parallel(8).each(Parallel.Source.of(items), item -> assertThat(done.add(item)).isTrue());
    assertThat(done).hasSize(10_000);
  }

  @Test
  void each_asManyThreadsAsAsked_runAtOnce() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(3);
    new Parallel(3)
        .each(
            Parallel.Source.of(List.of(1, 2, 3)),
            item -> {
              together.countDown();
              together.await();
            });
    assertThat(together.getCount()).isZero();
  }

  @Test
  void each_taskFails_throwsItAndEndsTheOthers() {
    Parallel.Source<Integer> endless = () -> 1;
    assertThatThrownBy(
            () ->
                new Parallel(4)
                    .each(
                        endless,
                        item -> {
                          throw new IllegalStateException("first");
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("first");
  }

  @Test
  void each_sourceFails_throwsIt() {
    assertThatThrownBy(
            () ->
                new Parallel(4)
                    .each(
                        () -> {
                          throw new IllegalStateException("no page");
                        },
                        item -> {}))
        .hasMessage("no page");
  }
}
