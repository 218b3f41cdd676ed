package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace local} as a newcomer runs it: the whole pipeline in one process. */
@Timeout(120)
class LocalRunIT {
  @TempDir Path dataDir;

  @Test
  void local_stopsByItself_hasStoredWhatItAcknowledged() throws Exception {
    try (JavaProcess local = start("--for", "5s");
        Load load = new Load(target(local))) {
      load.awaitMore(200);
      Set<Long> acknowledged = load.stop();

      assertThat(local.exitCode()).isZero();
      assertStored(local, acknowledged.size());
      assertThat(StoredLines.numbers(bucket())).containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  @Test
  void local_terminatedUnderLoadAndStartedAgain_keepsTheObjects() throws Exception {
    Set<Long> first;
    try (JavaProcess local = start();
        Load load = new Load(target(local))) {
      load.awaitMore(200);
      assertThat(local.terminate()).isZero();
      first = new TreeSet<>(load.stop());
      assertStored(local, first.size());
    }
    List<Path> files = StoredLines.files(bucket());
    try (JavaProcess local = start();
        Load load = new Load(target(local))) {
      load.awaitMore(100);
      Set<Long> second = load.stop();
      assertThat(local.terminate()).isZero();
      assertStored(local, second.size());

      assertThat(StoredLines.files(bucket())).containsAll(files);
      assertThat(StoredLines.numbers(bucket())).hasSize(first.size() + second.size());
    }
  }

  private JavaProcess start(String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("--port", "0", "--sqs-port", "0", "--s3-port", "0"));
    arguments.addAll(List.of("--data-dir", dataDir.toString(), "--roll-max-age", "0.3s"));
    arguments.addAll(List.of(options));
    return JavaProcess.start(Main.class, Map.of(), arguments.toArray(String[]::new));
  }

  static URI target(JavaProcess local) throws InterruptedException {
    String port = local.await("POST to +http://127\\.0\\.0\\.1:(\\d+)/v1/collections");
    local.await("Ctrl-C stores");
    return Load.collections(port);
  }

  private static void assertStored(JavaProcess local, int payloads) throws InterruptedException {
    assertThat(local.await("payloads accepted +(\\d+)")).isEqualTo(Integer.toString(payloads));
    assertThat(local.await("payloads stored +(\\d+) in")).isEqualTo(Integer.toString(payloads));
    assertThat(local.await("still queued +(\\d+) messages")).isEqualTo("0");
  }

  private Path bucket() {
    return dataDir.resolve("objects").resolve("telemetry");
  }
}
