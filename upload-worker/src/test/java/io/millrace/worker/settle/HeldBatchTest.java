package io.millrace.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.Frame;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.codec.MessageHeader;
import io.millrace.hostile.HeapUse;
import io.millrace.model.Claim;
import io.millrace.model.Codec;
import io.millrace.worker.SampleBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldBatchTest {
  private static final int BATCHES = 20_000;
  private static final double MOST_FOR_EACH_COUNTED = 1.5;

  /** Checkpoints: beside their empty frames the header is all there is. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100})
  void heldBytes_manySmallestBatches_areNearlyWhatTheyTake(int abandoned) throws Exception {
    String body = checkpoint(abandoned);
    List<HeldBatch> batches = new ArrayList<>(BATCHES);
    long before = HeapUse.heldBytes();

    long counted = 0;
    for (int i = 0; i < BATCHES; i++) {
      HeldBatch batch = received(body, "h".repeat(400) + i);
      counted += batch.heldBytes();
      batches.add(batch);
    }

    long taken = HeapUse.heldBytes() - before;
    assertThat((double) taken / counted).isBetween(0.1, MOST_FOR_EACH_COUNTED);
    assertThat(batches).hasSize(BATCHES);
  }

  private static HeldBatch received(String body, String handle) throws UndecodableException {
    Decoded message = MessageCodec.decode(body);
    return new HeldBatch(message.header(), message.frame(), handle, Claim.NONE, null);
  }

  private static String checkpoint(int abandoned) {
    byte[] empty = Codec.ZSTD.emptyFrame();
    Frame frame = new Frame(empty, empty.length);
    long last = 1_000_000_000_000L;
    MessageHeader header =
        new MessageHeader(
            MessageCodec.VERSION,
            SampleBatches.WRITER + "-" + last,
            SampleBatches.OPENED,
            0,
            0,
            frame.crc32c(),
            Codec.ZSTD.label(),
            false,
            last - 2L * abandoned - 1,
            LongStream.range(0, abandoned).mapToObj(i -> last - 2 * (i + 1)).sorted().toList());
    return MessageCodec.encode(header, frame);
  }
}
