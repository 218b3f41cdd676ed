package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LocalCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = LocalCommand.commandLine(Map.of());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void execute_misspeltOption_saysInOneLineWhatWasMeant() {
    assertThat(run("--adress", "127.0.0.1")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean --address").hasLineCount(1);
  }

  @Test
  void execute_version_isTold() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("millrace ");
  }

  @Test
  void execute_help_fits80Columns() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }
}
