package io.millrace.toolbox.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.toolbox.post.Delivery.Retries;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");

  private final Retries retries = retries(0.5);

  private static Retries retries(double random) {
    return new Retries(Duration.ofSeconds(60), Retries.backoff(new FixedRandom(random)));
  }

  @Test
  void delay_withoutRetryAfter_doublesToTenSeconds() {
    assertThat(retries.delay(1, null, Duration.ZERO)).isEqualTo(Duration.ofMillis(50));
    assertThat(retries.delay(3, null, Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
    assertThat(retries.delay(1000, null, Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void delay_retryAfter_isNeverShortened() {
    Retries least = retries(0);
    assertThat(least.delay(1, Duration.ofSeconds(3), Duration.ZERO))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(retries.delay(1, Duration.ZERO, Duration.ZERO)).isEqualTo(Duration.ofMillis(25));
  }

  @Test
  void delay_beyondLimit_givesUp() {
    assertThat(retries.delay(1, Duration.ofSeconds(2), Duration.ofSeconds(57))).isNotNull();
    assertThat(retries.delay(1, Duration.ofSeconds(2), Duration.ofSeconds(58))).isNull();
  }

  @Test
  void retryAfter_secondsOrDate_isTheWait() {
    assertThat(AnswerReader.retryAfter("7", NOW)).isEqualTo(Duration.ofSeconds(7));
    assertThat(AnswerReader.retryAfter("Mon, 23 Nov 2026 05:01:00 GMT", NOW))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(AnswerReader.retryAfter("Mon, 23 Nov 2026 04:00:00 GMT", NOW))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void retryAfter_anythingElse_isNull() {
    assertThat(AnswerReader.retryAfter(null, NOW)).isNull();
    assertThat(AnswerReader.retryAfter("", NOW)).isNull();
    assertThat(AnswerReader.retryAfter("-1", NOW)).isNull();
    assertThat(AnswerReader.retryAfter("99999999999999999999", NOW)).isNull();
    assertThat(AnswerReader.retryAfter("soon", NOW)).isNull();
  }
}
