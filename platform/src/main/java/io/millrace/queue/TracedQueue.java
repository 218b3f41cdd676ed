package io.millrace.queue;

import io.millrace.trace.TraceSpan;
import io.millrace.trace.Tracing;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A queue over which traces go on: a message that is sent within a span takes its context along as
 * an attribute, and one that is received has the attribute of its receive.
 *
 * <p>Thread-safe. Closes the queue behind it.
 */
public final class TracedQueue implements MessageQueue {
  private final MessageQueue queue;
  private final Tracing tracing;

  private TracedQueue(MessageQueue queue, Tracing tracing) {
    this.queue = queue;
    this.tracing = tracing;
  }

  /** The queue itself if nothing is traced. */
  public static MessageQueue of(MessageQueue queue, Tracing tracing) {
    return tracing.isOn() ? new TracedQueue(queue, tracing) : queue;
  }

  @Override
  public SendResult send(String body, Map<String, String> attributes, Duration timeout) {
    TraceSpan span = tracing.child("send", TraceSpan.Kind.PRODUCER);
    if (span == null) {
      return queue.send(body, attributes, timeout);
    }
    Map<String, String> traced = new HashMap<>(attributes);
    traced.put(Tracing.TRACEPARENT, span.traceparent());
    try {
      SendResult result = queue.send(body, traced, timeout);
      tell(span, result);
      return result;
    } finally {
      span.end();
    }
  }

  @Override
  public List<ReceivedMessage> receive(int max, Duration wait, Duration visibility) {
    return queue.receive(max, wait, visibility).stream().map(this::received).toList();
  }

  @Override
  public void stopReceiving() {
    queue.stopReceiving();
  }

  @Override
  public Map<String, String> delete(List<String> receiptHandles) {
    return queue.delete(receiptHandles);
  }

  @Override
  public Map<String, String> changeVisibility(List<String> receiptHandles, Duration visibility) {
    return queue.changeVisibility(receiptHandles, visibility);
  }

  @Override
  public QueueCounts counts() {
    return queue.counts();
  }

  @Override
  public OptionalInt maxMessageBytes() {
    return queue.maxMessageBytes();
  }

  @Override
  public void close() {
    queue.close();
  }

  private static void tell(TraceSpan span, SendResult result) {
    span.set("messaging.system", "aws_sqs");
    if (result instanceof SendResult.Sent sent) {
      span.set("messaging.message.id", sent.messageId());
    } else {
      span.fail(result instanceof SendResult.Refused ? "refused" : "unknown");
    }
  }

  private ReceivedMessage received(ReceivedMessage message) {
    String sent = message.attributes().get(Tracing.TRACEPARENT);
    TraceSpan span =
        sent == null ? null : tracing.continued("receive", TraceSpan.Kind.CONSUMER, sent);
    if (span == null) {
      return message;
    }
    span.set("messaging.system", "aws_sqs");
    span.set("messaging.message.id", message.messageId());
    span.set("millrace.receive_count", message.receiveCount());
    Map<String, String> traced = new HashMap<>(message.attributes());
    traced.put(Tracing.TRACEPARENT, span.traceparent());
    span.end();
    return new ReceivedMessage(
        message.messageId(),
        message.receiptHandle(),
        message.body(),
        message.receiveCount(),
        message.sentMs(),
        traced);
  }
}
