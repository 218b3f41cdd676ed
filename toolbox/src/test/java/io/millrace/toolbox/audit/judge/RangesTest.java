package io.millrace.toolbox.audit.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangesTest {
  private final Ranges ranges = new Ranges();

  @Test
  void add_neighbours_areOneRange() {
    ranges.add(1);
    ranges.add(2);
    ranges.add(3, 9);
    ranges.add(11);
    ranges.add(5, 4);
    assertThat(ranges).hasToString("1-9, 11");
    assertThat(ranges.count()).isEqualTo(10);
    assertThat(ranges.first()).isEqualTo(1);
  }

  @Test
  void text_moreThanAsked_saysHowMany() {
    ranges.add(1);
    ranges.add(3);
    ranges.add(5);
    assertThat(ranges.text(2)).isEqualTo("1, 3 and 1 more");
    assertThat(ranges.text(3)).isEqualTo("1, 3, 5");
  }

  @Test
  void first_none_isNever() {
    assertThat(ranges.isEmpty()).isTrue();
    assertThat(ranges.first()).isEqualTo(Long.MAX_VALUE);
    assertThat(ranges).hasToString("");
  }
}
