package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.queue.QueueCounts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StatusLineTest {
  private final CountDownLatch counting = new CountDownLatch(1);
  private final CountDownLatch counted = new CountDownLatch(1);
  private final AtomicBoolean interrupted = new AtomicBoolean();

  private LocalCounts count() {
    counting.countDown();
    try {
      counted.await();
    } catch (InterruptedException e) {
      interrupted.set(true);
    }
    return new LocalCounts(Map.of(), 0, 0, 0, new QueueCounts(0, 0, 0), 0);
  }

  @Test
  void stop_whileItCounts_waitsForThatAndInterruptsNothing() throws Exception {
    StatusLine line = StatusLine.start(this::count, new PrintWriter(new StringWriter()), true);
    counting.await();
    Thread stopping =
        new Thread(
            () -> {
              try {
                line.stop();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
            });
    stopping.start();
    while (stopping.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    counted.countDown();
    stopping.join();
    assertThat(interrupted).isFalse();
  }

  /** The terminal's own way of cutting: it holds for a width that changes meanwhile, too. */
  @Test
  void drawn_anyText_isWrittenWhereTheOneBeforeStoodWithoutWrapping() {
    String drawn = StatusLine.drawn("text");
    assertThat(drawn).isEqualTo("\r\u001b[?7l\u001b[Ktext\u001b[?7h");
  }
}
