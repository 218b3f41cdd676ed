package io.millrace.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * A standard queue in memory, with passed-in time: at least once, visibility timeouts, receive
 * counts. It never waits; a receive that finds nothing answers at once.
 *
 * <p>Thread-safe.
 */
public final class FakeMessageQueue implements MessageQueue {
  private final LongSupplier clockMs;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> issuedHandles = new HashSet<>();
  private final List<SendResult> nextSends = new ArrayList<>();
  private final List<Duration> sendTimeouts = new ArrayList<>();
  private RuntimeException failure;
  private int visibilityCalls;
  private RuntimeException countsFailure;
  private boolean receivingStopped;
  private SendResult.Refused refusal;
  private boolean sizeTold = true;
  private long numbers;

  /**
   * @param clockMs the queue's clock, ms since the epoch
   */
  public FakeMessageQueue(LongSupplier clockMs) {
    this.clockMs = clockMs;
  }

  private static final class Entry {
    final String body;
    final Map<String, String> attributes;
    final long sentMs;
    long visibleFromMs;
    int receives;
    String handle = "";

    Entry(String body, Map<String, String> attributes, long sentMs) {
      this.body = body;
      this.attributes = Map.copyOf(attributes);
      this.sentMs = sentMs;
      this.visibleFromMs = sentMs;
    }
  }

  /** The next send answers so; an {@link SendResult.Unknown} keeps the message all the same. */
  public synchronized void answerNextSend(SendResult result) {
    nextSends.add(result);
  }

  /** Every send that has no other answer is refused so from now on; null ends it. */
  public synchronized void refuseSends(QueueException cause) {
    refusal = cause == null ? null : new SendResult.Refused(cause);
  }

  /** Every call but send throws this from now on; null ends it. */
  public synchronized void failWith(RuntimeException failure) {
    this.failure = failure;
  }

  /** Every call for the counts throws this from now on. */
  public synchronized void failCountsWith(RuntimeException failure) {
    countsFailure = failure;
  }

  /** From now on it takes what it did, but does not tell how much that is. */
  public synchronized void tellNoMaxMessageBytes() {
    sizeTold = false;
  }

  /** How long each send was willing to wait, oldest first. */
  public synchronized List<Duration> sendTimeouts() {
    return List.copyOf(sendTimeouts);
  }

  /** Bodies of all messages that are there, oldest first. */
  public synchronized List<String> bodies() {
    return entries.values().stream().map(entry -> entry.body).toList();
  }

  /** Attributes of all messages that are there, oldest first. */
  public synchronized List<Map<String, String>> attributes() {
    return entries.values().stream().map(entry -> entry.attributes).toList();
  }

  @Override
  public synchronized SendResult send(
      String body, Map<String, String> attributes, Duration timeout) {
    sendTimeouts.add(timeout);
    SendResult answer = nextSends.isEmpty() ? refusal : nextSends.remove(0);
    if (answer instanceof SendResult.Refused) {
      return answer;
    }
    if (body.getBytes(UTF_8).length > DEFAULT_MAX_MESSAGE_BYTES) {
      return new SendResult.Refused(new QueueException("too long", new IOException("400")));
    }
    String id = "m" + ++numbers;
    entries.put(id, new Entry(body, attributes, clockMs.getAsLong()));
    return answer == null ? new SendResult.Sent(id) : answer;
  }

  @Override
  public synchronized List<ReceivedMessage> receive(int max, Duration wait, Duration visibility) {
    throwIfAsked();
    if (receivingStopped) {
      throw new QueueException("receiving was stopped", new IllegalStateException());
    }
    List<ReceivedMessage> received = new ArrayList<>();
    long now = clockMs.getAsLong();
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      if (received.size() < max && entry.visibleFromMs <= now) {
        entry.visibleFromMs = now + visibility.toMillis();
        entry.handle = "h" + ++numbers;
        issuedHandles.add(entry.handle);
        received.add(
            new ReceivedMessage(
                each.getKey(),
                entry.handle,
                entry.body,
                ++entry.receives,
                entry.sentMs,
                entry.attributes));
      }
    }
    return received;
  }

  @Override
  public synchronized void stopReceiving() {
    receivingStopped = true;
  }

  @Override
  public synchronized Map<String, String> delete(List<String> receiptHandles) {
    throwIfAsked();
    entries.values().removeIf(entry -> receiptHandles.contains(entry.handle));
    return receiptHandles.stream()
        .filter(handle -> !issuedHandles.contains(handle))
        .collect(Collectors.toMap(handle -> handle, handle -> "no such receipt handle"));
  }

  /** How often the visibility of messages was to be changed. */
  public synchronized int visibilityCalls() {
    return visibilityCalls;
  }

  @Override
  public synchronized Map<String, String> changeVisibility(
      List<String> receiptHandles, Duration visibility) {
    throwIfAsked();
    Map<String, String> failed = new HashMap<>();
    visibilityCalls++;
    for (String handle : receiptHandles) {
      entries.values().stream()
          .filter(entry -> entry.handle.equals(handle))
          .findFirst()
          .ifPresentOrElse(
              entry -> entry.visibleFromMs = clockMs.getAsLong() + visibility.toMillis(),
              () -> failed.put(handle, "no such receipt handle"));
    }
    return failed;
  }

  @Override
  public synchronized QueueCounts counts() {
    throwIfAsked();
    if (countsFailure != null) {
      throw countsFailure;
    }
    long now = clockMs.getAsLong();
    long visible = entries.values().stream().filter(e -> e.visibleFromMs <= now).count();
    return new QueueCounts(visible, entries.size() - visible, 0);
  }

  @Override
  public synchronized OptionalInt maxMessageBytes() {
    return sizeTold ? OptionalInt.of(DEFAULT_MAX_MESSAGE_BYTES) : OptionalInt.empty();
  }

  @Override
  public void close() {}

  private void throwIfAsked() {
    if (failure != null) {
      throw failure;
    }
  }
}
