package io.millrace.toolbox.letters;

import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.ReceivedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The letters that are hidden from others because we have received them, those hidden longest
 * first. One thread's own.
 */
final class HeldLetters {
  /** How long letters stay hidden if this process is killed. */
  static final Duration VISIBILITY = Duration.ofMinutes(2);

  private static final long RENEW_NANOS = VISIBILITY.dividedBy(2).toNanos();

  private final MessageQueue queue;
  private final Map<String, Lease> leases = new LinkedHashMap<>();

  private record Lease(String handle, long nanos) {}

  HeldLetters(MessageQueue queue) {
    this.queue = queue;
  }

  /** Notes a message that was received for {@link #VISIBILITY}; the handle before is forgotten. */
  void add(ReceivedMessage message, long nowNanos) {
    leases.remove(message.messageId());
    leases.put(message.messageId(), new Lease(message.receiptHandle(), nowNanos));
  }

  /** The handle of a message's last delivery; null if it isn't held. */
  @Nullable String handle(String messageId) {
    Lease lease = leases.get(messageId);
    return lease == null ? null : lease.handle;
  }

  /** Forgets a message that was deleted. */
  void remove(String messageId) {
    leases.remove(messageId);
  }

  /** How many are held. */
  int size() {
    return leases.size();
  }

  /**
   * Hides those anew that have been hidden for half of their time. One that the queue does not hide
   * stays due, so that the next call tries it again.
   */
  void renew(long nowNanos) {
    List<String> due = new ArrayList<>();
    for (Map.Entry<String, Lease> each : leases.entrySet()) {
      if (nowNanos - each.getValue().nanos < RENEW_NANOS) {
        break;
      }
      due.add(each.getKey());
    }
    Set<String> failed = setVisibility(due, VISIBILITY);
    for (String id : due) {
      String handle = handle(id);
      if (handle != null && !failed.contains(handle)) {
        leases.remove(id);
        leases.put(id, new Lease(handle, nowNanos));
      }
    }
  }

  /** Makes all visible again; what fails comes back by itself when its visibility ends. */
  void handBack() {
    try {
      var unused = setVisibility(List.copyOf(leases.keySet()), Duration.ZERO);
    } catch (QueueException away) {
      return;
    } finally {
      leases.clear();
    }
  }

  /** Returns the handles for which it failed. */
  private Set<String> setVisibility(List<String> ids, Duration visibility) {
    Set<String> failed = new HashSet<>();
    for (int i = 0; i < ids.size(); i += MessageQueue.MAX_BATCH_ENTRIES) {
      List<String> handles = new ArrayList<>();
      for (String id : ids.subList(i, Math.min(ids.size(), i + MessageQueue.MAX_BATCH_ENTRIES))) {
        String handle = handle(id);
        if (handle != null) {
          handles.add(handle);
        }
      }
      failed.addAll(queue.changeVisibility(handles, visibility).keySet());
    }
    return failed;
  }
}
