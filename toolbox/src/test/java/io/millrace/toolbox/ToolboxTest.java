package io.millrace.toolbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ToolboxTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return run(Map.of(), args);
  }

  private int run(Map<String, String> environment, String... args) {
    CommandLine line = Toolbox.commandLine(environment);
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
    assertThat(
            run(
                "post",
                "--rate",
                "2000M/s",
                "--connections",
                "0",
                "--url",
                "ftp://x",
                "no/such/file"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("--rate", "2.0E9", "--connections", "--url", "no/such/file", "see --help");
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
  void version_everyCommand_tellsIt() {
    for (String command : List.of("post", "cat", "find", "audit", "redrive", "plan")) {
      assertThat(run(command, "--version")).isZero();
      assertThat(out.toString()).as(command).startsWith("millrace ");
      out.getBuffer().setLength(0);
    }
    assertThat(run("redrive", "list", "-V")).isZero();
    assertThat(out.toString()).startsWith("millrace ");
  }

  @Test
  void run_typingErrors_saysWhatWasMeantInOurWords() {
    assertThat(run("audit", "--bukket", "b")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean --bucket");
    assertThat(run("audti")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean audit");
    assertThat(run("audit", "--bucket", "b", "--grace", "5x")).isEqualTo(2);
    assertThat(err.toString()).contains("'5x' is no duration like").doesNotContain("java.lang");
    assertThat(run("post", "-", "--rate", "abc")).isEqualTo(2);
    assertThat(err.toString()).contains("'abc' is no rate").doesNotContain("double");
  }

  @Test
  void run_rateInEachCommand_isReadAlike() {
    for (String rate : List.of("600", "600/s", "1.5M/min")) {
      assertThat(run("plan", "--rate", rate)).as("plan, %s", rate).isZero();
      assertThat(run("post", "no/such/file", "--rate", rate)).isEqualTo(2);
      assertThat(run("redrive", "send", "--rate", rate)).isEqualTo(2);
    }
    assertThat(err.toString()).contains("no/such/file").doesNotContain("is no rate");
    assertThat(run("plan", "--rate", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--rate must be more than 0");
  }

  @Test
  void help_ofAnyCommand_fits80Columns() {
    for (String command : List.of("post", "cat", "find", "audit", "redrive", "plan")) {
      assertThat(run(command, "--help")).isZero();
    }
    assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void cat_folderWithoutObjects_exits1(@TempDir Path empty) {
    assertThat(run("cat", empty.toString())).isEqualTo(1);
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
                "--writer",
                "w",
                "--deep",
                "--watermark",
                "--to",
                "2026-11-23",
                "--receipts",
                "no/such/file"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--threads",
            "--writer must be a writer's id",
            "--deep needs",
            "--watermark needs",
            "no --to",
            "no/such/file");
  }

  @Test
  void audit_withoutBucket_isRefused() {
    assertThat(run("audit")).isEqualTo(2);
    assertThat(err.toString()).contains("--bucket");
  }

  /** Fails when it is asked for S3's endpoint. */
  private static Map<String, String> failing(Runnable failure) {
    return new HashMap<>() {
      @Override
      public String get(Object name) {
        failure.run();
        return null;
      }
    };
  }

  @Test
  void audit_somethingUnexpected_exits2AndNamesIt() {
    Runnable fault =
        () -> {
          throw new IllegalStateException("odd");
        };
    Runnable heap =
        () -> {
          throw new OutOfMemoryError("Java heap space");
        };
    assertThat(run(failing(fault), "audit", "--bucket", "b")).isEqualTo(2);
    assertThat(run(failing(heap), "audit", "--bucket", "b")).isEqualTo(2);
    assertThat(err.toString())
        .contains("could not look: java.lang.IllegalStateException: odd")
        .contains("could not look: java.lang.OutOfMemoryError: Java heap space");
  }

  @Test
  void redrive_wrongUsage_exits2() {
    assertThat(run("redrive")).isEqualTo(2);
    assertThat(run("redrive", "show")).isEqualTo(2);
    assertThat(run("redrive", "send", "--yes")).isEqualTo(2);
    assertThat(run("redrive", "drop", "--all", "m1")).isEqualTo(2);
    assertThat(run("redrive", "drop", "m1", "--reason", "x")).isEqualTo(2);
    assertThat(run("redrive", "send", "--all", "--rate", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("list, show, send or drop", "--all", "--reason", "--rate");
  }

  @Test
  void find_wrongUsage_exits2(@TempDir Path empty) {
    String receipt = "01M83DVAG0TSV4RRFFQ69G5FAV-118-1+1";
    assertThat(run("find", receipt)).isEqualTo(2);
    assertThat(run("find", "x", empty.toString())).isEqualTo(2);
    assertThat(run("find", receipt, empty.toString(), "--bucket", "b")).isEqualTo(2);
    assertThat(run("find", receipt, "no/such")).isEqualTo(2);
    assertThat(run("find", receipt, empty.toString(), "--layout", "payload", "--to", "2026-11-23"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("--bucket", "neither a receipt", "no such folder", "--layout rolled");
  }

  @Test
  void find_folderWithoutIt_exits1(@TempDir Path empty) {
    assertThat(run("find", "01M83DVAG0TSV4RRFFQ69G5FAV-118-1", empty.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("not found: ", "looked through 0 manifests");
  }

  @Test
  void find_layoutOfTheEnvironment_isUsedUnlessTheOptionSaysOtherwise(@TempDir Path empty) {
    String receipt = "01M83DVAG0TSV4RRFFQ69G5FAV-118-1+1";
    Map<String, String> payload = Map.of("OBJECT_LAYOUT", "payload", "BUCKET", "b");
    assertThat(run(payload, "find", receipt, empty.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("looked through 0 keys");
    assertThat(run(payload, "find", receipt, empty.toString(), "--layout", "rolled")).isEqualTo(1);
    assertThat(err.toString()).contains("looked through 0 manifests");
    assertThat(run(Map.of("OBJECT_LAYOUT", "flat"), "find", receipt, empty.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("OBJECT_LAYOUT must be rolled or payload: flat");
  }
}
