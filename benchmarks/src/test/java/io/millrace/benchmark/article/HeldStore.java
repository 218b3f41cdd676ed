package io.millrace.benchmark.article;

import io.millrace.object.FakeObjectStore;
import java.util.concurrent.CountDownLatch;

/** A store whose first PUT waits, and with it all others, until it is let go. */
final class HeldStore {
  final FakeObjectStore objects = new FakeObjectStore();
  private final CountDownLatch held = new CountDownLatch(1);

  HeldStore() {
    objects.beforeNextPut(
        key -> true,
        () -> {
          try {
            held.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  void letGo() {
    held.countDown();
  }
}
