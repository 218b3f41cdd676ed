package io.millrace.queue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The SDK's words for messages and failures in ours.
 *
 * <p>Stateless and thread-safe.
 */
final class SqsTranslation {
  private SqsTranslation() {}

  static long count(@Nullable String told) {
    return told == null ? 0 : Long.parseLong(told);
  }

  /** Attributes of type Binary, which none of ours has, are left out: they have no text. */
  static ReceivedMessage received(Message message) {
    Map<String, String> attributes = new LinkedHashMap<>();
    message
        .messageAttributes()
        .forEach(
            (name, value) -> {
              String text = value.stringValue();
              if (text != null) {
                attributes.put(name, text);
              }
            });
    return new ReceivedMessage(
        message.messageId(),
        message.receiptHandle(),
        message.body(),
        (int) count(message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)),
        count(message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP)),
        attributes);
  }

  static Map<String, MessageAttributeValue> strings(Map<String, String> attributes) {
    Map<String, MessageAttributeValue> values = new LinkedHashMap<>();
    attributes.forEach(
        (k, v) ->
            values.put(
                k, MessageAttributeValue.builder().dataType("String").stringValue(v).build()));
    return values;
  }

  /** Entry ids are positions in the call's list. */
  static Map<String, String> failures(List<String> handles, List<BatchResultErrorEntry> failed) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (BatchResultErrorEntry entry : failed) {
      reasons.put(handles.get(Integer.parseInt(entry.id())), entry.code() + ": " + entry.message());
    }
    return reasons;
  }
}
