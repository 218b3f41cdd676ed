package io.millrace.worker;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.WRITER;
import static io.millrace.worker.StoreRig.KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.BatchLines;
import io.millrace.codec.MessageCodec;
import io.millrace.hostile.HeapUse;
import io.millrace.model.Codec;
import io.millrace.model.FolderTemplate;
import io.millrace.worker.roll.ClosedRoll;
import io.millrace.worker.roll.ClosedRoll.CloseCause;
import io.millrace.worker.roll.ClosedRoll.RollKey;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.upload.PayloadWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a thread holds of an unpacked batch is what the heap was counted with for it. */
class HeldLinesTest {
  private static final double MOST_FOR_EACH_COUNTED = 1.5;

  private final StoreRig rig = StoreRig.empty();

  @Test
  void write_shortestLinesOfALargestMessage_areNearlyWhatTheyTake() throws Exception {
    List<String> lines = new ArrayList<>();
    int bytes = 0;
    while (bytes < MessageCodec.MAX_LINE_BYTES - 200) {
      String line = line(lines.size(), "t");
      lines.add(line);
      bytes += line.length() + 1;
    }
    assertThat(lines).hasSizeGreaterThan(7_000);
    assertThat(heldForEachCounted(lines)).isBetween(0.3, MOST_FOR_EACH_COUNTED);
  }

  @Test
  void write_longestTokenOfALargestMessage_isNearlyWhatItTakes() throws Exception {
    // Java takes two bytes for each of its characters.
    String token = "\u20ac" + "t".repeat(MessageCodec.MAX_LINE_BYTES - 200);
    assertThat(heldForEachCounted(List.of(line(0, token)))).isBetween(0.3, MOST_FOR_EACH_COUNTED);
  }

  /** Looks when the first payload is put: then all lines of the batch are held. */
  private double heldForEachCounted(List<String> lines) throws Exception {
    HeldBatch batch = SampleBatches.batch(1, OPENED, Codec.ZSTD, lines);
    BatchLines.check(batch.header(), batch.frame(), MessageCodec.MAX_LINE_BYTES);
    ClosedRoll roll =
        new ClosedRoll(
            new RollKey(batch.hour(), Codec.ZSTD), List.of(batch), CloseCause.AGE, OPENED);
    PayloadWriter writer = new PayloadWriter(rig.calls(), KEYS, FolderTemplate.parse("{dt}"));
    AtomicLong held = new AtomicLong();
    rig.store().beforeNextPut(key -> true, () -> held.set(HeapUse.heldBytes()));
    long before = HeapUse.heldBytes();

    writer.write(roll);

    assertThat(rig.store().keys()).hasSize(lines.size());
    return (double) (held.get() - before) / WorkerSettings.UNPACKED_BYTES;
  }

  /** The shortest that is taken for a line, but for its token. */
  private static String line(int number, String token) {
    return "{\"id\":\"%s-1-%d\",\"received_at\":\"\",\"version\":\"1\",\"token\":\"%s\",\"payload\":{}}"
        .formatted(WRITER, number, token);
  }
}
