package io.millrace.toolbox.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BatchingTest {
  private static final int MIB = 1 << 20;

  @Test
  void lineBytes_ofTheUsualCollection_areBodyAndRepeatedNames() {
    assertThat(new Workload(1, 1100, 4, 2.3).lineBytes()).isEqualTo(1100 - 71 + 4 * 159);
  }

  @Test
  void of_lowRate_closesByLinger() {
    Batching batching = Batching.of(SamplePlan.load(1000), 1000, 0.05, MIB);
    assertThat(batching.isFull()).isFalse();
    assertThat(batching.requestsPerMessage()).isEqualTo(51); // the first, and 1000/s for 50 ms
    assertThat(batching.openSeconds()).isEqualTo(0.05);
    assertThat(batching.messageBytes()).isEqualTo(200 + 51 * 800.0);
    assertThat(batching.chunks()).isEqualTo(1);
    assertThat(batching.messagesPerSecond()).isEqualTo(1000 / 51.0);
  }

  @Test
  void of_highRate_closesBySize() {
    // 784,101 bytes fit a message of 1 MiB, 653 × 1,200; 522,600 bytes are 7.97 chunks.
    Batching batching = Batching.of(SamplePlan.load(10_000), 10_000, 0.1, MIB);
    assertThat(batching.isFull()).isTrue();
    assertThat(batching.requestsPerMessage()).isEqualTo(653);
    assertThat(batching.openSeconds()).isCloseTo(0.0653, within(1e-9));
    assertThat(batching.messageBytes()).isEqualTo(522_600);
    assertThat(batching.chunks()).isEqualTo(8);
  }

  @Test
  void of_collectionLargerThanMessage_takesSeveral() {
    Batching batching = Batching.of(new Workload(10, 2_000_000, 10, 2), 10, 0.05, MIB);
    assertThat(batching.requestsPerMessage()).isEqualTo(1 / 3.0); // 2,001,519 ÷ 784,101 = 2.55
    assertThat(batching.messagesPerSecond()).isCloseTo(30, within(1e-9));
  }

  @Test
  void chunks_areCountedAsSqsDoes() {
    assertThat(Batching.chunks(0)).isEqualTo(1);
    assertThat(Batching.chunks(65_536)).isEqualTo(1);
    assertThat(Batching.chunks(65_537)).isEqualTo(2);
  }
}
