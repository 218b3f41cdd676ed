package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearMissesTest {
  private static final List<Setting<?>> SETTINGS =
      List.of("PORT", "BUCKET", "LINGER_MS", "ROLL_MAX_AGE_MS", "MAX_BODY_BYTES", "CODEC").stream()
          .<Setting<?>>map(name -> Setting.text(name, "", ".*", "", ""))
          .toList();

  @ParameterizedTest
  @CsvSource({
    "BUKET, BUCKET",
    "BUCKETS, BUCKET",
    "BUCKTE, BUCKET",
    "bucket, BUCKET",
    "LINGER, LINGER_MS",
    "ROLL_MAX_AGE, ROLL_MAX_AGE_MS",
    "MAX_BODY, MAX_BODY_BYTES",
    "MAX_BODY_BYTE, MAX_BODY_BYTES",
    "KODEC, CODEC",
  })
  void in_nameThatIsNear_saysWhichWasMeant(String given, String meant) {
    assertThat(NearMisses.in(List.of(given), SETTINGS))
        .containsExactly(given + " is no setting; was " + meant + " meant?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PORT", "BUCKET", "PATH", "HOME", "HOST", "SORT", "AWS_REGION", "ROLL", "MAX", ""})
  void in_nameThatIsRightOrOfOthers_saysNothing(String given) {
    assertThat(NearMisses.in(List.of(given), SETTINGS)).isEmpty();
  }
}
