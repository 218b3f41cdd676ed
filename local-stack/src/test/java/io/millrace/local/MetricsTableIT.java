package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.run.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables of docs/reference/metrics.md are what {@code /metrics} of either tier shows after
 * traffic.
 */
@Timeout(120)
class MetricsTableIT {
  private static final Pattern LABEL = Pattern.compile("[{,]([a-z_]+)=\"");

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path dataDir;

  @Test
  void metrics_ofBothTiersAfterTraffic_areTheTables() throws Exception {
    LocalSettings settings =
        new LocalSettings(dataDir, 0, 0, "127.0.0.1", 0, false, Duration.ofMillis(100), null);
    try (DataDirectory data = DataDirectory.open(settings.dataDir());
        EmbeddedServers servers = EmbeddedServers.start(settings, data)) {
      servers.createResources();
      LocalPipeline pipeline = LocalPipeline.start(settings, servers, Map.of(), new Fault());
      try (Load load = new Load(Load.collections(Integer.toString(pipeline.port())))) {
        load.awaitMore(100);
        load.stop();
        await().until(() -> pipeline.counts().stored() > 0);

        assertThat(scrape(pipeline.webAdminPort())).isEqualTo(table("Web tier"));
        assertThat(scrape(pipeline.workerAdminPort())).isEqualTo(table("Worker"));
      } finally {
        pipeline.drain();
      }
    }
  }

  private static String table(String section) throws IOException {
    return String.join("\n", Readme.page("docs/reference/metrics.md").tableRows("## " + section));
  }

  /** Rows for our own metrics, as the table has them, in the order of their names. */
  private String scrape(int adminPort) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + adminPort + "/metrics");
    String text = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    SortedMap<String, String> types = new TreeMap<>();
    SortedMap<String, String> helps = new TreeMap<>();
    text.lines()
        .map(line -> line.split(" ", 4))
        .filter(words -> words.length == 4 && words[0].equals("#"))
        .filter(words -> words[2].startsWith("millrace_"))
        .forEach(words -> (words[1].equals("TYPE") ? types : helps).put(words[2], words[3]));
    StringBuilder rows = new StringBuilder();
    types.forEach(
        (name, type) -> {
          if (!name.endsWith("_max") || !types.containsKey(withoutMax(name))) {
            rows.append(rows.isEmpty() ? "" : "\n");
            String labels = String.join(", ", labels(text, name));
            rows.append("| `%s` | %s | %s | %s |".formatted(name, type, labels, helps.get(name)));
          }
        });
    return rows.toString().replace("|  |", "| |");
  }

  private static String withoutMax(String name) {
    return name.substring(0, name.length() - "_max".length());
  }

  private static SortedSet<String> labels(String text, String name) {
    SortedSet<String> labels = new TreeSet<>();
    Arrays.stream(text.split("\n"))
        .filter(line -> line.matches(name + "(_count|_sum|_bucket)?\\{.*"))
        .forEach(
            line -> {
              Matcher matcher = LABEL.matcher(line);
              while (matcher.find()) {
                labels.add("`" + matcher.group(1) + "`");
              }
            });
    labels.remove("`le`");
    return labels;
  }
}
