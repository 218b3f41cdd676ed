package io.millrace.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessMetricsTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void residentMemory_ofARunningProcess_isMoreThanItsHeapInUse() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    ProcessMetrics metrics = new ProcessMetrics(registry);
    try {
      Runtime runtime = Runtime.getRuntime();
      long used = runtime.totalMemory() - runtime.freeMemory();

      assertThat(registry.get("process.resident.memory").gauge().value())
          .isGreaterThan((double) used);
      assertThat(registry.get("process.resident.memory").gauge().getId().getBaseUnit())
          .isEqualTo("bytes");
    } finally {
      metrics.close();
    }
  }
}
