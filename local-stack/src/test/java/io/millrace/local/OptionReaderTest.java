package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionReaderTest {
  private final OptionReader reader = new OptionReader();

  @Test
  void duration_shortAndIsoForms_areRead() throws Exception {
    assertThat(reader.duration("--for", "30s")).isEqualTo(Duration.ofSeconds(30));
    assertThat(reader.duration("--for", "0.5s")).isEqualTo(Duration.ofMillis(500));
    assertThat(reader.duration("--for", "500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(reader.duration("--for", "2m")).isEqualTo(Duration.ofMinutes(2));
    assertThat(reader.duration("--for", "1h")).isEqualTo(Duration.ofHours(1));
    assertThat(reader.duration("--for", "PT30S")).isEqualTo(Duration.ofSeconds(30));
    reader.check();
  }

  @Test
  void port_zeroToHighest_isRead() throws Exception {
    assertThat(reader.port("--port", "0")).isZero();
    assertThat(reader.port("--port", "65535")).isEqualTo(65535);
    reader.check();
  }

  @Test
  void check_badOptions_namesThemAll() {
    reader.port("--port", "65536");
    reader.port("--s3-port", "x");
    reader.duration("--for", "0s");
    reader.duration("--roll-max-age", "soon");
    reader.address("--address", "no such name");

    assertThatThrownBy(reader::check)
        .isInstanceOfSatisfying(
            StartException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(2);
              assertThat(e.reasons()).hasSize(5);
              assertThat(e.reasons().get(0)).startsWith("--port").endsWith("'65536'");
              assertThat(e.reasons().get(3)).startsWith("--roll-max-age").contains("'soon'");
              assertThat(e.reasons().get(4)).startsWith("--address").endsWith("'no such name'");
            });
  }
}
