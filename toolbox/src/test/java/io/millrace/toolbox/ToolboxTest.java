package io.millrace.toolbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ToolboxTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Toolbox.commandLine(Map.of());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void help_ofPost_showsDefaults() {
    assertThat(run("post", "--help")).isZero();
    assertThat(out.toString())
        .contains("http://127.0.0.1:8080/v1/collections", "Default: 64", "Default: 60s");
  }

  @Test
  void version_isPrinted() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("millrace ");
  }

  @Test
  void post_severalFaults_namesAllAndExits2() {
    assertThat(run("post", "--rate=-1", "--connections", "0", "--url", "ftp://x", "no/such/file"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("--rate", "-1.0", "--connections", "--url", "no/such/file", "see --help");
  }

  @Test
  void post_stdinRepeated_isRefused() {
    assertThat(run("post", "-", "--repeat", "2")).isEqualTo(2);
    assertThat(err.toString()).contains("standard input");
  }

  @Test
  void cat_folderAndBucket_isRefused() {
    assertThat(run("cat", ".", "--bucket", "b")).isEqualTo(2);
  }

  @Test
  void cat_prefixWithoutSlash_isRefused() {
    assertThat(run("cat", ".", "--prefix", "raw")).isEqualTo(2);
    assertThat(err.toString()).contains("raw");
  }

  @Test
  void cat_folderWithoutObjects_exits0(@TempDir Path empty) {
    assertThat(run("cat", empty.toString())).isZero();
    assertThat(err.toString()).contains("no objects found");
  }

  @Test
  void audit_severalFaults_namesAllAndExits2() {
    assertThat(
            run(
                "audit",
                "--bucket",
                "b",
                "--threads",
                "0",
                "--layout",
                "payload",
                "--deep",
                "--watermark",
                "--to",
                "2026-11-23",
                "--receipts",
                "no/such/file"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("--threads", "--deep needs", "--watermark needs", "no --to", "no/such/file");
  }

  @Test
  void audit_withoutBucket_isRefused() {
    assertThat(run("audit")).isEqualTo(2);
    assertThat(err.toString()).contains("--bucket");
  }

  @Test
  void durations_eachUnit_isRead() {
    assertThat(Durations.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Durations.parse("30s")).isEqualTo(Duration.ofSeconds(30));
    assertThat(Durations.parse("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThat(Durations.parse("1h")).isEqualTo(Duration.ofHours(1));
    assertThatThrownBy(() -> Durations.parse("30")).hasMessageContaining("'30'");
  }
}
