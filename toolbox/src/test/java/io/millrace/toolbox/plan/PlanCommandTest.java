package io.millrace.toolbox.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.toolbox.Toolbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlanCommandTest {
  /** As bench writes it, but for what is not read. */
  private static final String BENCH =
      """
      {"runs": [
        {"name": "bare", "parts": [{"part": "web", "cpuMicrosPerRequest": 40}]},
        {"name": "one",
         "settings": {"requestBytes": 1200.0, "payloads": 4.0, "encoding": "none"},
         "load": {"seconds": 10.0, "requestsPerSecond": 10.0},
         "parts": [{"part": "web", "cpuMicrosPerRequest": 600},
                   {"part": "worker", "cpuMicrosPerRequest": 60}],
         "services": {"s3Bytes": 55500}},
        {"name": "two",
         "settings": {"requestBytes": 1200.0, "payloads": 4.0, "encoding": "none"},
         "load": {"seconds": 10.0, "requestsPerSecond": 10.0},
         "parts": [{"part": "worker", "cpuMicrosPerRequest": 7},
                   {"part": "web", "cpuMicrosPerRequest": 70}],
         "services": null}
      ]}
      """;

  private static final String PRICES =
      """
      {"region": "elsewhere", "sqsDollarsPerMillion": 1, "s3PutListDollarsPerThousand": 1}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Toolbox.commandLine(Map.of());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  /** What was printed, with one space in the place of line ends and indents. */
  private String words() {
    return out.toString().replaceAll("\\s+", " ");
  }

  @Test
  void plan_rateAlone_printsThreeLinesIn80Columns() {
    assertThat(run("plan", "--rate", "1M/min", "--table")).isZero();
    assertThat(out.toString().lines().limit(3))
        .satisfiesExactly(
            takes -> assertThat(takes).startsWith("takes    1 web and 1 worker instances"),
            costs -> assertThat(costs).contains("a month: calls ", "network ", "instances "),
            calls -> assertThat(calls).startsWith("calls    $").contains("a million requests"));
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    assertThat(out.toString()).doesNotContain("WARNING", "÷", "NaN").contains("--explain");
  }

  @Test
  void plan_wayToSqs_changesTheBill() {
    assertThat(run("plan", "--rate", "1M/min", "--explain", "--sqs-path", "nat")).isZero();
    assertThat(out.toString()).contains("NAT gateway").doesNotContain("SQS endpoint");
  }

  @Test
  void plan_explained_printsEverySectionIn80Columns() {
    assertThat(run("plan", "--rate", "1M/min", "--explain")).isZero();
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    assertThat(words())
        .contains("Web tier", "SQS", "Workers and S3", "Bill of a month")
        .contains("÷ 1,665", "note ", "us-east-1")
        .contains("SQS endpoint", "balancer", "bill of a month")
        .doesNotContain("WARNING", "by rate of a node", "NaN", "Infinity");
  }

  @Test
  void plan_json_holdsValuesAndTable() throws IOException {
    assertThat(run("plan", "--rate", "1M/min", "--json", "--table")).isZero();
    JsonNode root = new ObjectMapper().readTree(out.toString());
    assertThat(root.at("/v").asInt()).isEqualTo(2);
    assertThat(root.at("/figures/0/name").asText()).isEqualTo("instances");
    assertThat(root.at("/figures/0/value").asInt()).isEqualTo(1);
    assertThat(root.at("/warnings").isArray()).isTrue();
    assertThat(root.at("/table/rows/0/dollarsPerMillionRequests").size())
        .isEqualTo(root.at("/table/lingerMs").size());
  }

  @Test
  void plan_severalFaults_namesAllAndExits2() {
    assertThat(
            run(
                "plan",
                "--rate",
                "1/s",
                "--linger-ms",
                "-1",
                "--pollers",
                "0",
                "--bench",
                "no/file"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--linger-ms", "-1", "--pollers", "no/file", "see --help");
  }

  @Test
  void plan_withoutRateOrWithAWrongOne_exits2() {
    assertThat(run("plan")).isEqualTo(2);
    assertThat(run("plan", "--rate", "fast")).isEqualTo(2);
    assertThat(err.toString()).contains("--rate", "'fast' is no rate");
  }

  @Test
  void plan_benchAndPrices_areRead(@TempDir Path folder) throws IOException {
    String bench = Files.writeString(folder.resolve("bench.json"), BENCH).toString();
    String prices = Files.writeString(folder.resolve("prices.json"), PRICES).toString();
    assertThat(run("plan", "--rate", "20k/s", "--bench", bench, "--prices", prices, "--explain"))
        .isZero();
    // 1,665 bytes of lines × 100 requests ÷ 55,500 bytes of objects
    assertThat(words())
        .contains("× 600 µs of CPU", "× 60 µs of CPU", "compression 3 ", "run one")
        .contains("elsewhere", "$1 a million");
  }

  @Test
  void plan_benchRun_isChosenByName(@TempDir Path folder) throws IOException {
    String bench = Files.writeString(folder.resolve("bench.json"), BENCH).toString();
    assertThat(run("plan", "--rate", "1/s", "--bench", bench, "--bench-run", "two", "--explain"))
        .isZero();
    assertThat(words()).contains("× 70 µs of CPU", "compression 4.95 ");
    assertThat(run("plan", "--rate", "1/s", "--bench", bench, "--bench-run", "three")).isEqualTo(2);
    assertThat(err.toString()).contains("has no run three");
  }

  @Test
  void plan_pricesThatLackSome_namesWhatIsNotInTheBill(@TempDir Path folder) throws IOException {
    String prices = Files.writeString(folder.resolve("prices.json"), PRICES).toString();
    assertThat(run("plan", "--rate", "1/s", "--prices", prices, "--explain")).isZero();
    assertThat(words())
        .contains(
            "not in it: S3 storage (--keep-days), instances (--instance-hour-usd), network"
                + " (prices)");
  }

  @Test
  void plan_fileWithoutAFigure_namesFileAndPlace(@TempDir Path folder) throws IOException {
    String file = Files.writeString(folder.resolve("half.json"), "{\"runs\":[]}").toString();
    assertThat(run("plan", "--rate", "1/s", "--bench", file)).isEqualTo(2);
    assertThat(run("plan", "--rate", "1/s", "--prices", file)).isEqualTo(2);
    assertThat(err.toString())
        .contains("half.json has no run of the whole pipeline")
        .contains("half.json has no number at /sqsDollarsPerMillion");
  }

  @Test
  void plan_fileThatIsNoJson_namesIt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("text.json"), "nothing");
    assertThat(run("plan", "--rate", "1/s", "--bench", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("text.json is not JSON");
  }
}
