import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.millrace.codec.Frame;
import io.millrace.codec.FrameEncoder;
import io.millrace.model.Codec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Measures the cost and the saving of one zstd frame instead of an object's many:
 *
 * <pre>java -Xmx3g -cp 'ingest-web/target/lib/*' docs/readers/OneFrame.java EVENTS.ndjson.gz …</pre>
 *
 * <p>Repeats the events as payloads of a roll of 16 MiB of frames, unpacks the frames and packs
 * their lines as one, at the level of the web tier. Reports the thread's CPU time, so that other
 * work on the machine counts less; the best of nine rounds.
 */
final class OneFrame {
  private static final int ROLL_BYTES = 16 << 20;

  private OneFrame() {}

  public static void main(String[] arguments) throws IOException {
    List<String> events = new ArrayList<>();
    for (String name : arguments) {
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(Path.of(name))), UTF_8))) {
        in.lines().forEach(events::add);
      }
    }
    System.out.println("| a batch's lines | payloads | lines, MiB | frames | frames, MiB | one frame | unpack, MB/s | pack, MB/s | both, µs a payload |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (int batchBytes : new int[] {16 << 10, 128 << 10, 1 << 20}) {
      measure(events, batchBytes);
    }
  }

  private static void measure(List<String> events, int batchBytes) {
    List<byte[]> frames = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    long size = 0;
    int lines = 0;
    int payloads = 0;
    StringBuilder batch = new StringBuilder();
    try (FrameEncoder encoder = new FrameEncoder(Codec.ZSTD)) {
      for (int n = 0; size < ROLL_BYTES; n = (n + 1) % events.size()) {
        batch.append(line(frames.size() + 1, payloads, events.get(n)));
        payloads++;
        if (batch.length() >= batchBytes) {
          byte[] bytes = batch.toString().getBytes(UTF_8);
          Frame frame = encoder.encode(bytes, bytes.length);
          frames.add(Arrays.copyOf(frame.bytes(), frame.length()));
          sizes.add(bytes.length);
          size += frame.length();
          lines += bytes.length;
          batch.setLength(0);
        }
      }
    }
    byte[] unpacked = new byte[lines];
    byte[] packed = new byte[(int) Zstd.compressBound(lines)];
    long unpackNanos = Long.MAX_VALUE;
    long packNanos = Long.MAX_VALUE;
    int one = 0;
    try (ZstdDecompressCtx unpack = new ZstdDecompressCtx();
        ZstdCompressCtx pack =
            new ZstdCompressCtx().setLevel(1).setChecksum(false).setContentSize(true)) {
      for (int round = 0; round < 9; round++) {
        long start = cpu();
        int at = 0;
        for (int i = 0; i < frames.size(); i++) {
          byte[] frame = frames.get(i);
          at += unpack.decompressByteArray(unpacked, at, sizes.get(i), frame, 0, frame.length);
        }
        long between = cpu();
        one = pack.compressByteArray(packed, 0, packed.length, unpacked, 0, lines);
        unpackNanos = Math.min(unpackNanos, between - start);
        packNanos = Math.min(packNanos, cpu() - between);
      }
    }
    System.out.printf(
        "| %,d KiB | %,d | %.0f | %,d | %.1f | %.1f MiB, %+.1f %% | %.0f | %.0f | %.2f |%n",
        batchBytes >> 10, payloads, lines / 1048576.0, frames.size(), size / 1048576.0,
        one / 1048576.0, 100.0 * (one - size) / size, 1e3 * lines / unpackNanos,
        1e3 * lines / packNanos, (unpackNanos + packNanos) / 1e3 / payloads);
  }

  private static String line(int batch, int payload, String event) {
    return String.format(
        "{\"id\":\"01KAQZ8E4RT5V9B3XK2M7NDCWH-%d-%d\",\"received_at\":\"2026-11-29T01:%02d:%02d.%03dZ\","
            + "\"version\":\"1\",\"token\":\"%016x\",\"payload\":%s}\n",
        batch, payload, payload / 60000 % 60, payload / 1000 % 60, payload % 1000,
        (payload / 8 + 1) * 0x9E3779B97F4A7C15L, event);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
