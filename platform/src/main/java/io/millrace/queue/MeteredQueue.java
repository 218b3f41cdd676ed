package io.millrace.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A queue that counts its calls as the service bills them: each 64 KiB of messages in a call is one
 * request, at least one a call.
 *
 * <p>Thread-safe. Closes the queue behind it. Queues on one registry are counted together.
 */
public final class MeteredQueue implements MessageQueue {
  private static final int BILLED_BYTES = 64 << 10;

  private final MessageQueue queue;
  private final Calls send;
  private final Calls receive;
  private final Calls delete;
  private final Calls visibility;
  private final Calls attributes;

  /** Counts the calls to a queue. */
  public MeteredQueue(MessageQueue queue, MeterRegistry registry) {
    this.queue = queue;
    send = Calls.of("send", registry);
    receive = Calls.of("receive", registry);
    delete = Calls.of("delete", registry);
    visibility = Calls.of("visibility", registry);
    attributes = Calls.of("attributes", registry);
  }

  @Override
  public SendResult send(String body, Map<String, String> attributes, Duration timeout) {
    SendResult result = queue.send(body, attributes, timeout);
    send.count(bytes(body, attributes));
    return result;
  }

  @Override
  public List<ReceivedMessage> receive(int max, Duration wait, Duration visibility) {
    List<ReceivedMessage> messages = queue.receive(max, wait, visibility);
    long bytes = 0;
    for (ReceivedMessage message : messages) {
      bytes += bytes(message.body(), message.attributes());
    }
    receive.count(bytes);
    return messages;
  }

  @Override
  public void stopReceiving() {
    queue.stopReceiving();
  }

  @Override
  public Map<String, String> delete(List<String> receiptHandles) {
    Map<String, String> failed = queue.delete(receiptHandles);
    delete.count(0);
    return failed;
  }

  @Override
  public Map<String, String> changeVisibility(List<String> receiptHandles, Duration visibility) {
    Map<String, String> failed = queue.changeVisibility(receiptHandles, visibility);
    this.visibility.count(0);
    return failed;
  }

  @Override
  public QueueCounts counts() {
    QueueCounts counts = queue.counts();
    attributes.count(0);
    return counts;
  }

  @Override
  public OptionalInt maxMessageBytes() {
    return queue.maxMessageBytes();
  }

  @Override
  public void close() {
    queue.close();
  }

  /** Bodies are ASCII; attributes are few and short. */
  private static long bytes(String body, Map<String, String> attributes) {
    long bytes = body.length();
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      bytes += attribute.getKey().length() + attribute.getValue().length();
    }
    return bytes;
  }

  private record Calls(Counter requests, Counter billed, Counter bytes) {
    static Calls of(String call, MeterRegistry registry) {
      return new Calls(
          counter("millrace.sqs.requests", "Calls to SQS that returned", call, registry),
          counter("millrace.sqs.billed.requests", "Requests as SQS bills them", call, registry),
          counter("millrace.sqs.message.bytes", "Bytes of messages", call, registry));
    }

    void count(long messageBytes) {
      requests.increment();
      billed.increment(Math.max(1, Math.ceil((double) messageBytes / BILLED_BYTES)));
      bytes.increment((double) messageBytes);
    }

    private static Counter counter(
        String name, String description, String call, MeterRegistry registry) {
      return Counter.builder(name).description(description).tag("call", call).register(registry);
    }
  }
}
