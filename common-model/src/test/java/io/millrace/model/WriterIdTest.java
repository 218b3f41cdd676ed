package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriterIdTest {
  private final Random random = new Random(1);

  @Test
  void next_knownTime_beginsAsUlidOfThatTime() {
    assertThat(WriterId.next(1_469_918_176_385L, random)).startsWith("01ARYZ6S41").hasSize(26);
  }

  @Test
  void next_laterTime_sortsBehind() {
    assertThat(WriterId.next(1_795_000_000_001L, random))
        .isGreaterThan(WriterId.next(1_795_000_000_000L, random));
    assertThat(WriterId.next((1L << 48) - 1, random)).isGreaterThan(WriterId.next(0, random));
  }

  @Test
  void next_sameTime_differs() {
    assertThat(WriterId.next(5, random)).isNotEqualTo(WriterId.next(5, random));
  }

  @Test
  void next_always_isValid() {
    for (int i = 0; i < 1000; i++) {
      assertThat(WriterId.next(random.nextLong(1L << 48), random)).matches(WriterId::isValid);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 48, Long.MAX_VALUE})
  void next_timeOutOf48Bits_throws(long epochMs) {
    assertThatIllegalArgumentException().isThrownBy(() -> WriterId.next(epochMs, random));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01ARYZ6S41TSV4RRFFQ69G5FA",
        "01ARYZ6S41TSV4RRFFQ69G5FAVX",
        "01aryz6s41tsv4rrffq69g5fav",
        "01ARYZ6S41TSV4RRFFQ69G5FAI",
        "01ARYZ6S41TSV4RRFFQ69G5FAL",
        "01ARYZ6S41TSV4RRFFQ69G5FAO",
        "01ARYZ6S41TSV4RRFFQ69G5FAU",
        "01ARYZ6S41-SV4RRFFQ69G5FAV"
      })
  void isValid_otherForm_isFalse(String text) {
    assertThat(WriterId.isValid(text)).isFalse();
  }
}
