package io.millrace.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartedTierTest {
  @Test
  void readyLine_ofAWebTier_tellsBothPorts() {
    assertThat(StartedTier.web(() -> {}, 8080, 8081).readyLine())
        .isEqualTo("{\"ready\":\"web\",\"port\":8080,\"adminPort\":8081}");
  }

  @Test
  void readyLine_ofAWorker_tellsItsAdminPort() {
    assertThat(StartedTier.worker(() -> {}, 8082).readyLine())
        .isEqualTo("{\"ready\":\"worker\",\"adminPort\":8082}");
  }
}
