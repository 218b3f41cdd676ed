package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HourTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00.000Z, dt=1970-01-01/hour=00",
    "2026-11-23T03:59:59.999Z, dt=2026-11-23/hour=03",
    "2026-11-23T04:00:00.000Z, dt=2026-11-23/hour=04",
    "2028-02-29T23:30:00.000Z, dt=2028-02-29/hour=23"
  })
  void path_ofInstant_isItsUtcHour(Instant instant, String path) {
    assertThat(Hour.of(instant.toEpochMilli()).path()).isEqualTo(path);
  }

  @Test
  void of_twoInstantsOfOneHour_areEqual() {
    assertThat(Hour.of(3_600_000)).isEqualTo(Hour.of(7_199_999)).isNotEqualTo(Hour.of(7_200_000));
  }

  @Test
  void compareTo_laterHour_isGreater() {
    assertThat(Hour.of(7_200_000)).isGreaterThan(Hour.of(7_199_999));
  }
}
