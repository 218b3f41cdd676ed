package io.millrace.toolbox.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CostTableTest {
  private final CostTable table = CostTable.of(SamplePlan.inputs(16_000, 0.05, 16 << 20, 30));

  @Test
  void of_rows_areAllThatANodeCanDo() {
    assertThat(table.rows())
        .extracting(CostTable.Row::perSecond)
        .containsExactly(
            16_000.0, 10_000.0, 5000.0, 2000.0, 1000.0, 500.0, 100.0, 80.0, 50.0, 10.0);
  }

  @Test
  void of_quietNodesWithoutLinger_costARequestOfEachKind() {
    // 10 requests/s a node at 5 ms: 1.05 requests a message, so 952,381 messages a million; the
    // receive and the delete of ten take a tenth each, S3 some millionths.
    CostTable.Row quietest = table.rows().get(table.rows().size() - 1);
    assertThat(quietest.nodes()).isEqualTo(1600);
    assertThat(quietest.dollars().get(0)).isCloseTo(0.4 * 1.2 / 1.05, within(0.002));
  }

  @Test
  void of_moreLinger_isNeverDearer() {
    for (CostTable.Row row : table.rows()) {
      for (int i = 1; i < row.dollars().size(); i++) {
        assertThat(row.dollars().get(i)).isLessThanOrEqualTo(row.dollars().get(i - 1) + 0.001);
      }
    }
  }

  @Test
  void quiet_saysHowMuchMore() {
    assertThat(table.quiet())
        .contains("16,000 requests/s at LINGER_MS 50", "on 1 nodes", "on 200 nodes of 80/s")
        .endsWith("times as much");
  }
}
