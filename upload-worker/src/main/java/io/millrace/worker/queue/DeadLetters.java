package io.millrace.worker.queue;

import io.millrace.pace.FailureStreak;
import io.millrace.pace.Ticker;
import io.millrace.queue.DeadLetterAttributes;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves messages to the dead-letter queue by our own hand, because the queue's redrive policy tells
 * no reason. A message is deleted only after the dead-letter queue has answered that it has it; if
 * that answer is lost, the message comes again and may lie there twice.
 *
 * <p>Thread-safe.
 */
public final class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  /** SQS allows 10 attributes a message. */
  private static final int MAX_KEPT_ATTRIBUTES = 10 - DeadLetterAttributes.COUNT;

  private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

  private final MessageQueue deadLetters;
  private final Acknowledger acknowledger;
  private final PollMetrics metrics;
  private final Ticker ticker;
  private final FailureStreak failures = new FailureStreak();

  /** Never ended: poison among good messages would be logged each time. */
  private final FailureStreak moves = new FailureStreak();

  public DeadLetters(
      MessageQueue deadLetters, Acknowledger acknowledger, PollMetrics metrics, Ticker ticker) {
    this.deadLetters = deadLetters;
    this.acknowledger = acknowledger;
    this.metrics = metrics;
    this.ticker = ticker;
  }

  /** Moves a message; if that fails it is left alone, to come again after its visibility. */
  void move(Poison poison) throws InterruptedException {
    ReceivedMessage message = poison.message();
    SendResult result =
        deadLetters.send(message.body(), attributes(message, poison.reason()), SEND_TIMEOUT);
    if (result instanceof SendResult.Sent) {
      failures.succeeded();
      metrics.deadLettered(poison.kind());
      if (moves.failed()) {
        LOG.warn(
            "Message {} moved to the dead letters ({} so far): {}",
            message.messageId(),
            moves.length(),
            poison.kind().tag());
      }
      acknowledger.delete(List.of(message.receiptHandle()));
      return;
    }
    metrics.deadLetterFailed();
    if (failures.failed()) {
      LOG.warn(
          "Message {} can't be moved to the dead letters ({} in a row), {}: {}",
          message.messageId(),
          failures.length(),
          poison.kind().tag(),
          result);
    }
  }

  private Map<String, String> attributes(ReceivedMessage message, String reason) {
    Map<String, String> attributes = new LinkedHashMap<>();
    message.attributes().entrySet().stream()
        .limit(MAX_KEPT_ATTRIBUTES)
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue()));
    attributes.put(DeadLetterAttributes.REASON, legal(reason));
    attributes.put(DeadLetterAttributes.ORIGINAL_MESSAGE_ID, message.messageId());
    attributes.put(
        DeadLetterAttributes.DEAD_LETTERED_AT,
        Instant.ofEpochMilli(ticker.now().epochMs()).toString());
    return attributes;
  }

  /** A reason may quote the message; SQS takes XML-legal characters only. */
  private static String legal(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
