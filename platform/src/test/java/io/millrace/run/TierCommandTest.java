package io.millrace.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.ConfigurationException;
import io.millrace.config.Setting;
import io.millrace.object.ObjectStoreException;
import io.millrace.queue.QueueException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TierCommandTest {
  private static final List<Setting<?>> SETTINGS =
      List.of(
          Setting.millis("LINGER_MS", 50, 0, 60_000, "How long a batch waits"),
          Setting.text("BUCKET", "", ".+", "a bucket's name", "Where objects go"),
          LogFormat.SETTING);

  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> seen = new HashMap<>();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  @Test
  void run_help_listsOptionsDefaultsAndEnvironmentNames() {
    assertThat(run(new IllegalStateException("not started"), "--help")).isZero();

    assertThat(out.toString(UTF_8))
        .contains("--linger-ms", "0 to 60000 ms; default 50; env LINGER_MS")
        .contains("--bucket", "a bucket's name; default none; env BUCKET");
    assertThat(out.toString(UTF_8).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(seen).isEmpty();
  }

  @Test
  void run_unknownOption_exits2() {
    assertThat(run(new IllegalStateException("not started"), "--lingerms=5")).isEqualTo(2);

    assertThat(err.toString(UTF_8)).contains("--lingerms=5", "did you mean --linger-ms", "--help");
    assertThat(seen).isEmpty();
  }

  @Test
  void run_option_winsOverTheEnvironment() {
    run(new IllegalStateException("seen enough"), "--linger-ms", "7");

    assertThat(seen).containsEntry("LINGER_MS", "7").containsEntry("BUCKET", "from-env");
  }

  @Test
  void run_logFormat_isWhatTheLoggersFind() {
    try {
      run(new IllegalStateException("seen enough"), "--log-format", "json");

      assertThat(System.getProperty("LOG_FORMAT")).isEqualTo("json");
    } finally {
      System.clearProperty("LOG_FORMAT");
    }
  }

  @Test
  void run_wrongSettings_exits78AndPrintsEveryFault() {
    assertThat(run(new ConfigurationException(List.of("first fault", "second fault"))))
        .isEqualTo(78);

    assertThat(err.toString(UTF_8).lines())
        .containsExactly("configuration: first fault", "configuration: second fault");
  }

  @Test
  void run_portTaken_exits69() {
    IOException cause = new IOException("in use");

    assertThat(run(new UncheckedIOException("can't listen on port 1", cause))).isEqualTo(69);
    assertThat(err.toString(UTF_8)).contains("can't listen on port 1");
  }

  @Test
  void run_serviceNotThere_exits69() {
    IOException cause = new IOException("refused");

    assertThat(run(new QueueException("queue millrace is missing", cause))).isEqualTo(69);
    assertThat(run(new ObjectStoreException("bucket b is missing", cause))).isEqualTo(69);
    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "unavailable: queue millrace is missing", "unavailable: bucket b is missing");
  }

  @Test
  void run_faultOfTheProgram_exits70() {
    assertThat(run(new IllegalStateException("a fault"))).isEqualTo(70);
  }

  @Test
  void run_errorAtTheStart_exits70() {
    int code =
        TierCommand.run(
            "millrace test",
            "Tests.",
            SETTINGS,
            Map.of(),
            (given, fault) -> {
              throw new NoClassDefFoundError("a jar is gone");
            });

    assertThat(code).isEqualTo(70);
  }

  private int run(RuntimeException failure, String... args) {
    return TierCommand.run(
        "millrace test",
        "Tests.",
        SETTINGS,
        Map.of("LINGER_MS", "5", "BUCKET", "from-env"),
        (given, fault) -> {
          seen.putAll(given);
          throw failure;
        },
        args);
  }
}
