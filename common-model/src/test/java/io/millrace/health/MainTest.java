package io.millrace.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void port_environmentAlone_isEnough() {
    assertThat(Main.port(Map.of("ADMIN_PORT", "9000"))).isEqualTo(9000);
  }

  @Test
  void port_both_isTheEnvironments() {
    assertThat(Main.port(Map.of("ADMIN_PORT", "9000"), "8081")).isEqualTo(9000);
  }

  @Test
  void port_argumentAlone_isThat() {
    assertThat(Main.port(Map.of(), "8081")).isEqualTo(8081);
  }
}
