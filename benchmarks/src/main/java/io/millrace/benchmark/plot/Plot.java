package io.millrace.benchmark.plot;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A line plot.
 *
 * @param title above it
 * @param xTitle with its unit
 * @param yTitle with its unit
 * @param logarithmic whether the y axis is; for values that differ by powers of ten
 * @param series one line each; those without a point are left out
 */
public record Plot(
    String title, String xTitle, String yTitle, boolean logarithmic, List<Series> series) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  public Plot {
    series = List.copyOf(series);
  }

  /**
   * Writes it as SVG.
   *
   * @param file overwritten if it is there; its folder is made
   * @throws IllegalStateException if no series has a point
   */
  public void save(Path file) throws IOException {
    XYChart chart = chart();
    if (chart.getSeriesMap().isEmpty()) {
      throw new IllegalStateException("nothing to plot in " + title);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
  }

  private XYChart chart() {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setYAxisLogarithmic(logarithmic);
    DoubleSummaryStatistics range = new DoubleSummaryStatistics();
    for (Series each : series) {
      List<Series.Point> points = each.drawable(logarithmic);
      if (!points.isEmpty()) {
        double[] x = points.stream().mapToDouble(Series.Point::x).toArray();
        double[] y = points.stream().mapToDouble(Series.Point::y).toArray();
        chart.addSeries(each.name(), x, y).setMarker(SeriesMarkers.NONE);
        Arrays.stream(y).forEach(range);
      }
    }
    if (logarithmic && range.getCount() > 0) {
      fitDecades(chart.getStyler(), range);
    }
    return chart;
  }

  /** A logarithmic axis has numbers at powers of ten only, so it has to begin and end at one. */
  private static void fitDecades(XYStyler styler, DoubleSummaryStatistics range) {
    double low = Math.floor(Math.log10(range.getMin()));
    double high = Math.ceil(Math.log10(range.getMax()));
    styler.setYAxisMin(Math.pow(10, low));
    styler.setYAxisMax(Math.pow(10, Math.max(high, low + 1)));
  }
}
