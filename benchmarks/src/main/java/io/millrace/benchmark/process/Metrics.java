package io.millrace.benchmark.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A tier's metrics as they were when asked for.
 *
 * @param series values by name with labels, as Prometheus' text format writes them
 */
public record Metrics(Map<String, Double> series) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * Asks a tier.
   *
   * @throws IOException if it does not answer
   */
  static Metrics read(HttpClient client, int adminPort) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + adminPort + "/metrics");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    return parse(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** Reads the text format; lines that are no series are left out. */
  static Metrics parse(String text) {
    Map<String, Double> series = new HashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#") && line.contains(" "))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              series.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return new Metrics(series);
  }

  /** Whether there is a series of that name. */
  public boolean has(String name) {
    return series.keySet().stream().anyMatch(key -> matches(key, name, ""));
  }

  /** The sum over all series of a name; 0 if there is none. */
  public double sum(String name) {
    return sum(name, "");
  }

  /**
   * The sum over the series of a name with a label.
   *
   * @param label as {@code outcome="accepted"}
   */
  public double sum(String name, String label) {
    return series.entrySet().stream()
        .filter(entry -> matches(entry.getKey(), name, label))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** The sum of both, series by series. */
  Metrics plus(Metrics other) {
    return combined(other, 1);
  }

  /** What came since an earlier reading. */
  public Metrics since(Metrics earlier) {
    return combined(earlier, -1);
  }

  private Metrics combined(Metrics other, int sign) {
    Map<String, Double> sums = new HashMap<>(series);
    other.series.forEach((key, value) -> sums.merge(key, sign * value, Double::sum));
    return new Metrics(sums);
  }

  private static boolean matches(String key, String name, String label) {
    return (key.equals(name) || key.startsWith(name + "{")) && key.contains(label);
  }
}
