package io.millrace.contract;

import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.MessageQueue;
import java.util.concurrent.atomic.AtomicLong;

class MessageQueueFakeTest implements MessageQueueContract, DeliveryContract {
  private static final int TICK_MS = 500;

  /** Goes on by itself whenever it is looked at, so that a test that waits sees time pass. */
  private final AtomicLong clockMs = new AtomicLong(1_795_000_000_000L);

  @Override
  public MessageQueue emptyQueue() {
    return new FakeMessageQueue(() -> clockMs.addAndGet(TICK_MS));
  }

  @Override
  public long nowMs() {
    return clockMs.get();
  }
}
