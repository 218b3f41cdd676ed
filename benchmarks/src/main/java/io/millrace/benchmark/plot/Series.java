package io.millrace.benchmark.plot;

import java.util.List;

/**
 * A line of a plot.
 *
 * @param name in the legend
 * @param points in the order of x; those that are not finite are left out
 */
public record Series(String name, List<Point> points) {
  public Series {
    points = List.copyOf(points);
  }

  /** Where the line goes. */
  public record Point(double x, double y) {}

  /** The points that can be drawn. */
  List<Point> drawable(boolean logarithmic) {
    return points.stream()
        .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
        .filter(point -> !logarithmic || point.y() > 0)
        .toList();
  }
}
