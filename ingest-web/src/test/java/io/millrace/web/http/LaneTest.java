package io.millrace.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LaneTest {
  private final Deque<Runnable> pool = new ArrayDeque<>();
  private final List<Integer> done = new ArrayList<>();
  private final Lane lane = new Lane(pool::add, 2);

  @Test
  void execute_moreThanItsWidth_givesThePoolTheRestInTurn() {
    for (int i = 0; i < 5; i++) {
      int task = i;
      lane.execute(() -> done.add(task));
    }
    assertThat(pool).hasSize(2);

    while (!pool.isEmpty()) {
      pool.remove().run();
      assertThat(pool).hasSizeLessThanOrEqualTo(2);
    }

    assertThat(done).containsExactly(0, 1, 2, 3, 4);
  }

  /** A connection that always has a next request waits behind the others. */
  @Test
  void execute_byATaskOfItsOwn_comesBehindThoseThatWait() {
    lane.execute(
        () -> {
          done.add(0);
          lane.execute(() -> done.add(9));
        });
    lane.execute(() -> done.add(1));
    lane.execute(() -> done.add(2));

    while (!pool.isEmpty()) {
      pool.remove().run();
    }

    assertThat(done).containsExactly(0, 1, 2, 9);
  }

  @Test
  void execute_afterTasksThatThrow_stillHasItsWidth() {
    for (int i = 0; i < 4; i++) {
      lane.execute(
          () -> {
            throw new IllegalStateException("for the test");
          });
    }
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> pool.remove().run()).isInstanceOf(IllegalStateException.class);
    }

    lane.execute(() -> done.add(1));
    lane.execute(() -> done.add(2));

    assertThat(pool).hasSize(2);
  }

  @Test
  void execute_poolThatHasEnded_refuses() {
    Lane ended =
        new Lane(
            task -> {
              throw new RejectedExecutionException("for the test");
            },
            1);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> ended.execute(() -> done.add(1)))
          .isInstanceOf(RejectedExecutionException.class);
    }
  }
}
