package io.millrace.toolbox.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinesTest {
  @Test
  void wrapped_longText_isLinesOf80ColumnsUnderEachOther() {
    assertThat(Lines.wrapped("note  ", "word ".repeat(34) + "end"))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(81))
        .satisfies(lines -> assertThat(lines.get(0)).startsWith("note  word word"))
        .satisfies(lines -> assertThat(lines.get(2)).startsWith("      word").endsWith(" end"));
  }

  @Test
  void wrapped_wordLongerThanALine_isNotCut() {
    assertThat(Lines.wrapped("in ", "a " + "k".repeat(100) + " b"))
        .containsExactly("in a", "   " + "k".repeat(100), "   b");
  }

  @Test
  void wrapped_noText_isWhatComesBefore() {
    assertThat(Lines.wrapped("in", "")).containsExactly("in");
  }

  @Test
  void redrawn_anyText_doesNotWrap() {
    assertThat(Lines.redrawn("text")).isEqualTo("\r\u001b[?7l\u001b[Ktext\u001b[?7h");
  }
}
