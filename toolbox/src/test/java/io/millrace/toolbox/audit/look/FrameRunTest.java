package io.millrace.toolbox.audit.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.BatchId;
import io.millrace.toolbox.audit.SampleBatch;
import io.millrace.toolbox.audit.judge.Sighting;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameRunTest {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  private static WantedBatch frame(long offset, int length) {
    Sighting place = new Sighting(1, 0, 1, "o", offset, length, 0);
    return new WantedBatch(new BatchId(SampleBatch.WRITER, 1), place, List.of());
  }

  @Test
  void over_nearFrames_isOneRunInTheirOrder() {
    List<FrameRun> runs =
        FrameRun.over(List.of(frame(300 * KIB, KIB), frame(0, KIB), frame(KIB, 100 * KIB)));
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).offset()).isZero();
    assertThat(runs.get(0).length()).isEqualTo(301 * KIB);
    assertThat(runs.get(0).frames()).extracting(f -> f.place().offset()).isSorted();
  }

  @Test
  void over_farFrames_areRunsOfTheirOwn() {
    List<FrameRun> runs = FrameRun.over(List.of(frame(0, KIB), frame(MIB, KIB)));
    assertThat(runs).extracting(FrameRun::length).containsExactly(KIB, KIB);
  }

  @Test
  void over_wholeLargeObject_isInPiecesOfAtMost8MiB() {
    List<WantedBatch> frames =
        IntStream.range(0, 40).mapToObj(i -> frame((long) i * MIB, MIB)).toList();
    List<FrameRun> runs = FrameRun.over(frames);
    assertThat(runs).hasSize(5).allMatch(run -> run.length() == 8 * MIB);
  }

  @Test
  void over_frameLargerThanARun_isARun() {
    assertThat(FrameRun.over(List.of(frame(5, 9 * MIB)))).hasSize(1);
    assertThat(FrameRun.over(List.of())).isEmpty();
  }
}
