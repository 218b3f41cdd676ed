package io.millrace.worker.receive;

import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueCounts;
import io.millrace.queue.QueueException;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.SendResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** A queue that keeps the calls that change visibility, and takes no others. */
public final class VisibilityCalls implements MessageQueue {
  /** One call. */
  public record Call(List<String> handles, Duration visibility) {}

  private final List<Call> calls = new ArrayList<>();
  private final Set<String> failing = new HashSet<>();
  private boolean away;
  private Runnable duringCalls = () -> {};

  /** From now on these handles fail, and no others. */
  public void failFor(Set<String> handles) {
    failing.clear();
    failing.addAll(handles);
  }

  /** Whether calls throw from now on. */
  public void away(boolean isAway) {
    away = isAway;
  }

  /** Does this before it answers a call. */
  public void duringCalls(Runnable action) {
    duringCalls = action;
  }

  /** The calls since the last time that this was asked. */
  public List<Call> takeCalls() {
    List<Call> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  @Override
  public Map<String, String> changeVisibility(List<String> receiptHandles, Duration visibility) {
    calls.add(new Call(List.copyOf(receiptHandles), visibility));
    duringCalls.run();
    if (away) {
      throw new QueueException("away", new IOException("reset"));
    }
    Map<String, String> failed = new HashMap<>();
    receiptHandles.stream().filter(failing::contains).forEach(h -> failed.put(h, "refused"));
    return failed;
  }

  @Override
  public SendResult send(String body, Map<String, String> attributes, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ReceivedMessage> receive(int max, Duration wait, Duration visibility) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void stopReceiving() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, String> delete(List<String> receiptHandles) {
    throw new UnsupportedOperationException();
  }

  @Override
  public QueueCounts counts() {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalInt maxMessageBytes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
