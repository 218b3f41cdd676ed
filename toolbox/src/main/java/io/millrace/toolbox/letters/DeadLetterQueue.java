package io.millrace.toolbox.letters;

import io.millrace.config.ServiceAccess;
import io.millrace.queue.HeldMessages;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.QueueSetup;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.SqsMessageQueue;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dead-letter queue, read without changing it: what is looked at is hidden from others
 * meanwhile, and visible again once this is closed. Letters that were deleted are gone.
 *
 * <p>Holds one receive's bodies at a time, and the id and handle of every letter seen. One thread's
 * own, but for {@link #stop}.
 */
public final class DeadLetterQueue implements AutoCloseable {
  /** A long poll asks all of the service's servers, a shorter one only some. */
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** How long letters stay hidden if this process is killed. */
  static final Duration VISIBILITY = Duration.ofMinutes(2);

  /** So many receives in a row without a new letter mean that there are no more. */
  private static final int SILENT_RECEIVES = 3;

  private final MessageQueue queue;
  private final Ticker ticker;
  private final HeldMessages held;

  /** The handle of each held letter's last delivery, by message id. */
  private final Map<String, String> handles = new HashMap<>();

  private final Set<String> seen = new HashSet<>();
  private volatile boolean stopped;

  /** Is shown letters one by one. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Looks at a letter, for a minute at most: so long it surely stays hidden.
     *
     * @return whether to go on
     * @throws InterruptedException ends the visit and comes out of {@link #visit}
     */
    boolean visit(Letter letter) throws InterruptedException;
  }

  /**
   * @param queue the dead-letter queue itself; closed with this
   */
  public DeadLetterQueue(MessageQueue queue, Ticker ticker) {
    this.queue = queue;
    this.ticker = ticker;
    this.held = new HeldMessages(queue, VISIBILITY, failed -> {}, ticker);
  }

  /**
   * Looks up the dead-letter queue of a queue.
   *
   * @param queueName name of the main queue
   * @throws QueueException if it is not there or can't be reached
   */
  public static DeadLetterQueue open(ServiceAccess access, String queueName) {
    String name = queueName + QueueSetup.DEAD_LETTER_SUFFIX;
    return new DeadLetterQueue(SqsMessageQueue.open(access, name, 1), Ticker.system());
  }

  /**
   * Shows every letter once, in no order, until several receives in a row bring nothing new. Not to
   * be called twice.
   *
   * @throws QueueException if the queue refuses or does not answer
   */
  public void visit(Visitor visitor) throws InterruptedException {
    int silent = 0;
    while (silent < SILENT_RECEIVES && !stopped) {
      List<ReceivedMessage> received =
          queue.receive(MessageQueue.MAX_BATCH_ENTRIES, WAIT, VISIBILITY);
      List<ReceivedMessage> fresh = hold(received);
      silent = fresh.isEmpty() ? silent + 1 : 0;
      for (ReceivedMessage message : fresh) {
        held.extendAllDue();
        if (stopped || !visitor.visit(Letter.of(message))) {
          return;
        }
      }
      held.extendAllDue();
    }
  }

  private List<ReceivedMessage> hold(List<ReceivedMessage> received) {
    List<ReceivedMessage> fresh = new ArrayList<>();
    long now = ticker.nanos();
    for (ReceivedMessage message : received) {
      String before = handles.put(message.messageId(), message.receiptHandle());
      if (before != null) {
        held.release(List.of(before));
      }
      held.hold(message.receiptHandle(), now);
      if (seen.add(message.messageId())) {
        fresh.add(message);
      }
    }
    return fresh;
  }

  /**
   * How many letters the queue counts beside those held here, approximately: others look at them,
   * or they came meanwhile. Its count may lag by a minute behind what was deleted.
   *
   * @throws QueueException if the queue refuses or does not answer
   */
  public long othersCounted() {
    return Math.max(0, queue.counts().total() - handles.size());
  }

  /**
   * Deletes a letter that was shown.
   *
   * @return why it is still there; null if it is gone
   */
  public @Nullable String delete(Letter letter) {
    String handle = handles.getOrDefault(letter.id(), letter.message().receiptHandle());
    String fault;
    try {
      fault = queue.delete(List.of(handle)).get(handle);
    } catch (QueueException failed) {
      fault = failed.getMessage();
    }
    if (fault == null) {
      handles.remove(letter.id());
      held.release(List.of(handle));
    }
    return fault;
  }

  /** Ends a visit before its next letter, and later ones at once. Any thread. */
  public void stop() {
    stopped = true;
  }

  /** Whether {@link #stop} was called. Any thread. */
  public boolean isStopped() {
    return stopped;
  }

  /** Makes the letters visible again and closes the queue. */
  @Override
  public void close() {
    var unused = held.handBack(List.copyOf(handles.values()));
    handles.clear();
    queue.close();
  }
}
