package io.millrace.toolbox.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");

  private final RetryPolicy policy = new RetryPolicy(Duration.ofSeconds(60), () -> 0.5);

  @Test
  void delay_withoutRetryAfter_doublesToTenSeconds() {
    assertThat(policy.delay(1, null, Duration.ZERO)).isEqualTo(Duration.ofMillis(50));
    assertThat(policy.delay(3, null, Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
    assertThat(policy.delay(1000, null, Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void delay_retryAfter_isNeverShortened() {
    RetryPolicy least = new RetryPolicy(Duration.ofSeconds(60), () -> 0);
    assertThat(least.delay(1, Duration.ofSeconds(3), Duration.ZERO))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(policy.delay(1, Duration.ZERO, Duration.ZERO)).isEqualTo(Duration.ofMillis(25));
  }

  @Test
  void delay_beyondLimit_givesUp() {
    assertThat(policy.delay(1, Duration.ofSeconds(2), Duration.ofSeconds(57))).isNotNull();
    assertThat(policy.delay(1, Duration.ofSeconds(2), Duration.ofSeconds(58))).isNull();
  }

  @Test
  void parse_secondsOrDate_isTheWait() {
    assertThat(RetryAfter.parse("7", NOW)).isEqualTo(Duration.ofSeconds(7));
    assertThat(RetryAfter.parse("Mon, 23 Nov 2026 05:01:00 GMT", NOW))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(RetryAfter.parse("Mon, 23 Nov 2026 04:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
  }

  @Test
  void parse_anythingElse_isNull() {
    assertThat(RetryAfter.parse(null, NOW)).isNull();
    assertThat(RetryAfter.parse("", NOW)).isNull();
    assertThat(RetryAfter.parse("-1", NOW)).isNull();
    assertThat(RetryAfter.parse("99999999999999999999", NOW)).isNull();
    assertThat(RetryAfter.parse("soon", NOW)).isNull();
  }
}
