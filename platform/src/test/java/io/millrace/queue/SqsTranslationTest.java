package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

class SqsTranslationTest {
  @Test
  void received_binaryAttribute_isLeftOut() {
    MessageAttributeValue binary =
        MessageAttributeValue.builder()
            .dataType("Binary")
            .binaryValue(SdkBytes.fromUtf8String("x"))
            .build();
    MessageAttributeValue number =
        MessageAttributeValue.builder().dataType("Number").stringValue("7").build();
    MessageAttributeValue text =
        MessageAttributeValue.builder().dataType("String").stringValue("wrong").build();
    Message message =
        Message.builder()
            .messageId("m")
            .receiptHandle("h")
            .body("body")
            .messageAttributes(Map.of("trace", binary, "tries", number, "reason", text))
            .build();

    assertThat(SqsTranslation.received(message).attributes())
        .isEqualTo(Map.of("tries", "7", "reason", "wrong"));
  }
}
