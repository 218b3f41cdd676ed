package io.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a call that was interrupted while it waited for a server came to.
 *
 * @param flag whether the thread was still interrupted afterwards
 */
record Interrupted<T>(T result, boolean flag) {
  /** Runs the call on a thread, interrupts that once it is waiting, and returns its end. */
  static <T> Interrupted<T> during(BooleanSupplier waiting, Supplier<T> call) {
    var end = new AtomicReference<Interrupted<T>>();
    Thread thread =
        new Thread(
            () -> {
              T result = call.get();
              end.set(new Interrupted<>(result, Thread.currentThread().isInterrupted()));
            });
    thread.start();
    await().until(waiting::getAsBoolean);
    thread.interrupt();
    await().until(() -> !thread.isAlive());
    assertThat(end.get()).isNotNull();
    return end.get();
  }
}
