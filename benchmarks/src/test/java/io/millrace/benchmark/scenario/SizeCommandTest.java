package io.millrace.benchmark.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeCommandTest {
  @Test
  void connections_largeCollections_areFewer() {
    assertThat(SizeCommand.connections(512, 2_300)).isEqualTo(512);
    assertThat(SizeCommand.connections(512, 920_000)).isEqualTo(18); // of 16 MiB
    assertThat(SizeCommand.connections(512, 1 << 26)).isEqualTo(1);
  }
}
