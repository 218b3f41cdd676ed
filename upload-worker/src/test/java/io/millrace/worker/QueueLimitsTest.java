package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueLimitsTest {
  private static OptionalInt told(Integer bytes) {
    return bytes == null ? OptionalInt.empty() : OptionalInt.of(bytes);
  }

  @ParameterizedTest
  @CsvSource({"262144, 262144", "262144, 1048576", "262144,", ", 65536", ","})
  void limitsFault_deadLettersTakeAllOrDoNotTell_isNone(Integer queue, Integer letters) {
    assertThat(WorkerTier.limitsFault(told(queue), told(letters))).isEmpty();
  }

  @Test
  void limitsFault_deadLettersTakeLess_saysBothAndWhatToSet() {
    assertThat(WorkerTier.limitsFault(told(262_144), told(65_536)))
        .hasValueSatisfying(
            fault -> assertThat(fault).contains("65536 bytes", "of 262144", "MaximumMessageSize"));
  }
}
