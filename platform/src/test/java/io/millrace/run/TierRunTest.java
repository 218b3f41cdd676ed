package io.millrace.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TierRunTest {
  private final Fault fault = new Fault();
  private final List<String> done = new ArrayList<>();

  private TierRun run(AutoCloseable tier) {
    return new TierRun(tier, fault, code -> done.add("exit " + code));
  }

  @Test
  void end_toldToStop_closesAndExitsWith0() {
    run(() -> done.add("closed")).end();

    assertThat(done).containsExactly("closed", "exit 0");
  }

  @Test
  void end_closingFails_exitsWith70() {
    run(() -> {
          throw new IllegalStateException("can't close");
        })
        .end();

    assertThat(done).containsExactly("exit 70");
  }

  @Test
  void endAfterFault_aFault_closesAndExitsWith70() {
    fault.report("a thread", new NoClassDefFoundError("a jar is gone"));
    run(() -> done.add("closed")).endAfterFault();

    assertThat(done).startsWith("closed", "exit 70");
  }

  @Test
  void watchAllThreads_errorInAThreadOfOthers_isTheFault() throws InterruptedException {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    try {
      fault.watchAllThreads();
      endsWith(new IllegalStateException("one of theirs"));
      assertThat(fault.isReported()).isFalse();

      endsWith(new OutOfMemoryError("no heap"));
      fault.await();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  private static void endsWith(Throwable cause) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              begun.countDown();
              TierRunTest.<RuntimeException>raise(cause);
            });
    thread.start();
    begun.await();
    thread.join();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void raise(Throwable cause) throws T {
    throw (T) cause;
  }
}
