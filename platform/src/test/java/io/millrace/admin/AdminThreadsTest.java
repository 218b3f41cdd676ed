package io.millrace.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminThreadsTest {
  private final AdminThreads threads = new AdminThreads(2);
  private final LinkedBlockingQueue<String> evicted = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void execute_allThreadsTaken_evictsTheOldest() throws Exception {
    threads.execute(stuck("first"));
    threads.execute(stuck("second"));
    CountDownLatch ran = new CountDownLatch(1);

    threads.execute(ran::countDown);

    assertThat(evicted.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
    assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(evicted).isEmpty();
  }

  @Test
  void execute_afterAnEviction_isNotInterrupted() throws Exception {
    for (int i = 0; i < 100; i++) {
      threads.execute(stuck("each"));
    }
    LinkedBlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
    threads.execute(() -> interrupted.add(Thread.currentThread().isInterrupted()));

    assertThat(interrupted.poll(10, TimeUnit.SECONDS)).isFalse();
  }

  private Runnable stuck(String name) {
    return () -> {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        evicted.add(name);
      }
    };
  }
}
