package io.millrace.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = BenchCommand.commandLine(Map.of());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(BenchCommand.withScenario(args));
  }

  @Test
  void execute_versionWithOrWithoutScenario_isTold() {
    assertThat(run("-V")).isZero();
    assertThat(run("scale", "-V")).isZero();
    assertThat(out.toString()).hasLineCount(2).startsWith("millrace ");
  }

  @Test
  void execute_misspeltOption_saysWhatWasMeant() {
    assertThat(run("--conections", "8")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean --connections");
  }

  @Test
  void execute_help_fits80Columns() {
    for (String scenario : List.of("", "pipeline", "scale", "article", "soak")) {
      assertThat(scenario.isEmpty() ? run("--help") : run(scenario, "--help")).isZero();
    }
    assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }
}
