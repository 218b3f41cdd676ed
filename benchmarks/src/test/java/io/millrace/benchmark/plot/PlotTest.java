package io.millrace.benchmark.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.benchmark.plot.Series.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  @TempDir private Path folder;

  @Test
  void save_eachSeries_addsALine() throws IOException {
    Series flat = new Series("flat", List.of(new Point(1, 20), new Point(2, 25)));
    Series climbing = new Series("climbing", List.of(new Point(1, 100), new Point(2, 10_000)));
    assertThat(svg(flat)).startsWith("<?xml").contains("<svg");
    assertThat(colours(flat)).isLessThan(colours(flat, climbing));
  }

  @Test
  void save_pointsThatCantBeDrawn_areLeftOut() throws IOException {
    Series some = new Series("some", List.of(new Point(1, 0), new Point(2, 5), new Point(3, 6)));
    Series none = new Series("none", List.of(new Point(1, Double.NaN), new Point(2, -1)));
    assertThat(some.drawable(true)).containsExactly(new Point(2, 5), new Point(3, 6));
    assertThat(some.drawable(false)).hasSize(3);
    assertThat(colours(some, none)).isEqualTo(colours(some));
  }

  @Test
  void save_withoutPoints_isRefused() {
    assertThatThrownBy(() -> plot(new Series("none", List.of())).save(folder.resolve("x.svg")))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Each series has a colour of its own; its name is drawn as outlines, and can't be found. */
  private long colours(Series... series) throws IOException {
    return Pattern.compile("stroke:rgb\\([0-9,]+\\)")
        .matcher(svg(series))
        .results()
        .map(MatchResult::group)
        .distinct()
        .count();
  }

  private String svg(Series... series) throws IOException {
    Path file = folder.resolve("new/plot.svg");
    plot(series).save(file);
    return Files.readString(file);
  }

  private static Plot plot(Series... series) {
    return new Plot("Latency", "seconds", "ms", true, List.of(series));
  }
}
