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
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Toolbox.commandLine(Map.of());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void plan_rateAlone_printsEverySection() {
    assertThat(run("plan", "--rate", "1M/min")).isZero();
    assertThat(out.toString())
        .contains("Web tier", "SQS", "Workers and S3", "Bill of a month")
        .contains("÷ 1,665", "note ", "us-east-1")
        .doesNotContain("WARNING", "by rate of a node", "NaN", "Infinity");
  }

  @Test
  void plan_json_holdsValuesAndTable() throws IOException {
    assertThat(run("plan", "--rate", "1M/min", "--json", "--table")).isZero();
    JsonNode root = new ObjectMapper().readTree(out.toString());
    assertThat(root.at("/v").asInt()).isEqualTo(1);
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
    Path bench =
        Files.writeString(
            folder.resolve("bench.json"),
            "{\"cpuMicrosPerRequest\":{\"web\":600,\"worker\":60},\"compressionRatio\":3,"
                + "\"collectionBytes\":1100}");
    Path prices =
        Files.writeString(
            folder.resolve("prices.json"),
            "{\"what\":\"elsewhere\",\"sqsUsdPerMillionRequests\":1,"
                + "\"s3PutOrListUsdPerThousand\":1,\"s3StorageUsdPerGibMonth\":1}");
    assertThat(
            run(
                "plan",
                "--rate",
                "20k/s",
                "--bench",
                bench.toString(),
                "--prices",
                prices.toString()))
        .isZero();
    assertThat(out.toString())
        .contains("× 600 µs of CPU", "compression 3 ", "elsewhere", "$1 a million");
  }

  @Test
  void plan_fileWithoutAFigure_namesFileAndPlace(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("half.json"), "{\"compressionRatio\":0.5}");
    assertThat(run("plan", "--rate", "1/s", "--bench", file.toString())).isEqualTo(2);
    assertThat(run("plan", "--rate", "1/s", "--prices", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("half.json has no number at /cpuMicrosPerRequest/web", "/sqsUsdPerMillion");
  }

  @Test
  void plan_fileThatIsNoJson_namesIt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("text.json"), "nothing");
    assertThat(run("plan", "--rate", "1/s", "--bench", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("text.json is not JSON");
  }
}
