package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueueNameTest {
  @Test
  void parse_eachForm_namesTheQueueAndItsDeadLetters() {
    String url = "https://sqs.eu-west-1.amazonaws.com/123456789012/events";
    assertThat(QueueName.parse("events")).isEqualTo(new QueueName("events", null, null));
    assertThat(QueueName.parse("123456789012/events"))
        .isEqualTo(new QueueName("events", "123456789012", null));
    assertThat(QueueName.parse(url)).isEqualTo(new QueueName("events", null, url));
    assertThat(QueueName.parse(url + QueueSetup.DEAD_LETTER_SUFFIX))
        .isEqualTo(new QueueName("events-dlq", null, url + "-dlq"));
    assertThat(QueueName.parse("http://127.0.0.1:9324/queue/events").name()).isEqualTo("events");
  }

  @Test
  void parse_anythingElse_isRefusedBySettingsToo() {
    for (String text :
        List.of(
            "", "a.b", "12/events", "1234567890123/e", "ftp://h/1/q", "https:///q", "http://h/")) {
      assertThatThrownBy(() -> QueueName.parse(text)).isInstanceOf(IllegalArgumentException.class);
      assertThat(text).doesNotMatch(QueueName.PATTERN);
    }
    for (String text :
        List.of("events", "123456789012/e_-9", "https://sqs.eu-west-1.amazonaws.com/1/q")) {
      assertThat(text).matches(QueueName.PATTERN);
    }
  }
}
