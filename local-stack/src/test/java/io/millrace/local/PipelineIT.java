package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pipeline as it is run: each tier a process, under load, stopped and killed. */
@Timeout(180)
@ResourceLock(PipelineProcesses.DURABLE_QUEUE)
class PipelineIT {
  @TempDir Path dataDir;

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "gzip"})
  void post_tiersAsProcesses_objectsAreCompleteAndOnce(String codec) throws Exception {
    try (PipelineProcesses processes = new PipelineProcesses(dataDir, Map.of("CODEC", codec));
        JavaProcess web = processes.web();
        JavaProcess worker = processes.worker();
        Load load = new Load(PipelineProcesses.target(web))) {
      load.awaitMore(2_000);
      Set<Long> acknowledged = load.stop();
      assertThat(web.terminate()).isZero();
      processes.awaitEmptyQueue();
      assertThat(worker.terminate()).isZero();

      assertThat(StoredLines.numbers(processes.bucket()))
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(acknowledged);
      assertThat(processes.deadLetters()).isZero();
    }
  }

  @Test
  void web_terminatedUnderLoad_storesExactlyWhatWasAnswered() throws Exception {
    try (PipelineProcesses processes = new PipelineProcesses(dataDir, Map.of());
        JavaProcess web = processes.web();
        JavaProcess worker = processes.worker();
        Load load = new Load(PipelineProcesses.target(web))) {
      load.awaitMore(1_000);
      assertThat(web.terminate()).isZero();
      Set<Long> acknowledged = load.stop();
      processes.awaitEmptyQueue();
      assertThat(worker.terminate()).isZero();

      assertThat(StoredLines.numbers(processes.bucket()))
          .containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  @Test
  void worker_terminatedUnderLoad_losesAndDoublesNothing() throws Exception {
    try (PipelineProcesses processes = new PipelineProcesses(dataDir, Map.of());
        JavaProcess web = processes.web();
        JavaProcess first = processes.worker();
        Load load = new Load(PipelineProcesses.target(web))) {
      load.awaitMore(1_000);
      assertThat(first.terminate()).isZero();
      try (JavaProcess second = processes.worker()) {
        load.awaitMore(1_000);
        Set<Long> acknowledged = load.stop();
        assertThat(web.terminate()).isZero();
        processes.awaitEmptyQueue();
        assertThat(second.terminate()).isZero();

        assertThat(StoredLines.numbers(processes.bucket()))
            .containsExactlyInAnyOrderElementsOf(acknowledged);
      }
    }
  }

  @Test
  void worker_killedUnderLoad_losesAndDoublesNothing() throws Exception {
    try (PipelineProcesses processes = new PipelineProcesses(dataDir, Map.of(), true);
        JavaProcess web = processes.web();
        JavaProcess first = processes.worker();
        Load load = new Load(PipelineProcesses.target(web))) {
      load.awaitMore(1_000);
      first.kill();
      load.awaitMore(500);
      try (JavaProcess second = processes.worker()) {
        load.awaitMore(500);
        Set<Long> acknowledged = load.stop();
        processes.awaitEmptyQueue();
        assertThat(second.terminate()).isZero();

        List<Long> stored = StoredLines.numbers(processes.bucket());
        assertThat(stored).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(processes.deadLetters()).isZero();
      }
    }
  }

  @Test
  void web_killedUnderLoad_losesAndDoublesNothing() throws Exception {
    try (PipelineProcesses processes = new PipelineProcesses(dataDir, Map.of(), true);
        JavaProcess first = processes.web();
        JavaProcess worker = processes.worker();
        Load load = new Load(PipelineProcesses.target(first))) {
      load.awaitMore(1_000);
      first.kill();
      try (JavaProcess second = processes.web()) {
        load.redirect(PipelineProcesses.target(second));
        load.awaitMore(1_000);
        Set<Long> acknowledged = load.stop();
        assertThat(second.terminate()).isZero();
        processes.awaitEmptyQueue();
        assertThat(worker.terminate()).isZero();

        assertThat(StoredLines.numbers(processes.bucket()))
            .doesNotHaveDuplicates()
            .containsAll(acknowledged);
      }
    }
  }
}
