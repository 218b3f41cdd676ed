package io.millrace.toolbox.redrive;

import io.millrace.queue.DeadLetterAttributes;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.SendResult;
import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.letters.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Puts letters back on the main queue. A letter is deleted only after the queue has answered that
 * it has the message. What ends between the two, or an answer that is lost, leaves the letter; the
 * message may then be sent twice, which makes no double: it is marked as a further try, so a worker
 * looks whether its batch is stored before it writes.
 *
 * <p>One thread's own.
 */
final class SendBack implements LetterAction {
  private static final int MAX_TRIES = 5;

  /** With the waits between them, all tries end while the letter is surely hidden. */
  private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);

  private final MessageQueue queue;
  private final DeadLetterQueue letters;
  private final Pauses pauses;
  private final Backoff backoff;
  private final Ticker ticker;
  private final Set<String> sentIds = new HashSet<>();

  /**
   * @param queue the main queue
   * @param pauses between letters
   * @param backoff before further tries of one
   */
  SendBack(
      MessageQueue queue, DeadLetterQueue letters, Pauses pauses, Backoff backoff, Ticker ticker) {
    this.queue = queue;
    this.letters = letters;
    this.pauses = pauses;
    this.backoff = backoff;
    this.ticker = ticker;
  }

  @Override
  public String done() {
    return "sent";
  }

  @Override
  public Outcome act(Letter letter) throws InterruptedException {
    if (cameBack(letter)) {
      return new Outcome.LeftOut("it was sent before and is back among the dead letters");
    }
    if (!pauses.await(letters::isStopped)) {
      return new Outcome.LeftOut("stopped before it");
    }
    SendResult result = send(letter);
    if (result instanceof SendResult.Sent sent) {
      sentIds.add(sent.messageId());
      return delete(letter);
    }
    return new Outcome.Failed(
        result instanceof SendResult.Refused refused
            ? "the queue refused it: " + refused.cause().getMessage()
            : "no answer whether the queue has it, the letter stays; it may be sent again: a"
                + " worker looks whether the batch is stored");
  }

  /** A worker that can't use a message buries it again while we are still sending. */
  private boolean cameBack(Letter letter) {
    Map<String, String> attributes = letter.message().attributes();
    return sentIds.contains(letter.id())
        || sentIds.contains(attributes.getOrDefault(DeadLetterAttributes.ORIGINAL_MESSAGE_ID, ""));
  }

  private SendResult send(Letter letter) throws InterruptedException {
    String body = letter.message().body();
    String marked = letter.isDecodable() ? ResentMark.put(body) : body;
    Map<String, String> attributes = attributes(letter);
    SendResult result = queue.send(marked, attributes, SEND_TIMEOUT);
    for (int tries = 1; again(result, tries); tries++) {
      ticker.pause(backoff.delay(tries));
      result = queue.send(marked, attributes, SEND_TIMEOUT);
    }
    return result;
  }

  private boolean again(SendResult result, int tries) {
    return !(result instanceof SendResult.Sent) && tries < MAX_TRIES && !letters.isStopped();
  }

  private Outcome delete(Letter letter) throws InterruptedException {
    String fault = letters.delete(letter);
    for (int tries = 1; fault != null && tries < MAX_TRIES && !letters.isStopped(); tries++) {
      ticker.pause(backoff.delay(tries));
      fault = letters.delete(letter);
    }
    return fault == null
        ? new Outcome.Done()
        : new Outcome.Failed("the queue has it, but the letter can't be deleted: " + fault);
  }

  /**
   * A message of a format that only later workers know has no mark that we could set; to them it is
   * the attribute that says that it was dead before.
   */
  private static Map<String, String> attributes(Letter letter) {
    Map<String, String> attributes = new LinkedHashMap<>(letter.message().attributes());
    if (letter.isDecodable()) {
      attributes.remove(DeadLetterAttributes.REASON);
    } else {
      attributes.putIfAbsent(
          DeadLetterAttributes.DEAD_LETTERED_AT,
          Instant.ofEpochMilli(letter.message().sentMs()).toString());
    }
    return attributes;
  }
}
