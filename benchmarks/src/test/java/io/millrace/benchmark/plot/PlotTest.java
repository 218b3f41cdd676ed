package io.millrace.benchmark.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.benchmark.plot.Series.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  @TempDir private Path folder;

  @Test
  void save_twoSeries_isSvgWithBothNames() throws IOException {
    Path file = folder.resolve("new/latency.svg");
    plot(
            new Series("flat", List.of(new Point(1, 20), new Point(2, 25))),
            new Series("climbing", List.of(new Point(1, 100), new Point(2, 10_000))))
        .save(file);
    assertThat(Files.readString(file)).contains("<svg", "flat", "climbing", "Latency", "seconds");
  }

  @Test
  void save_pointsThatCantBeDrawn_areLeftOut() throws IOException {
    Path file = folder.resolve("some.svg");
    plot(
            new Series("some", List.of(new Point(1, 0), new Point(2, 5), new Point(3, 6))),
            new Series("none", List.of(new Point(1, Double.NaN))))
        .save(file);
    assertThat(Files.readString(file)).contains("some").doesNotContain("none<");
  }

  @Test
  void save_withoutPoints_isRefused() {
    assertThatThrownBy(() -> plot(new Series("none", List.of())).save(folder.resolve("x.svg")))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Plot plot(Series... series) {
    return new Plot("Latency", "seconds", "ms", true, List.of(series));
  }
}
