package io.millrace.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import io.airlift.compress.MalformedInputException;
import io.millrace.codec.Frame;
import io.millrace.codec.FrameEncoder;
import io.millrace.model.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What readers for Java give of an object of many frames: the rows of docs/reading.md, in both
 * directions. A reader that a later version mends fails here too.
 */
class JavaReadersTest {
  private static final int FRAMES = 200;
  private static final int LINES = 25; // of a frame

  /** One row of the page. */
  private record Call(String reader, Codec codec, String text, Reader read) {
    String row(String outcome) {
      String zstd = codec == Codec.ZSTD ? outcome : "–";
      String gzip = codec == Codec.GZIP ? outcome : "–";
      return "| " + reader + " | `" + text + "` | " + zstd + " | " + gzip + " |";
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** All bytes that a call gives for an object. */
  private interface Reader {
    byte[] read(byte[] data) throws IOException;
  }

  private static Call stream(String reader, Codec codec, String text, Opener opener) {
    return new Call(
        reader,
        codec,
        text,
        data -> {
          try (InputStream in = opener.open(new ByteArrayInputStream(data))) {
            return in.readAllBytes();
          }
        });
  }

  private interface Opener {
    InputStream open(InputStream file) throws IOException;
  }

  @SuppressWarnings("deprecation") // of the constructor with a flag: its builder is Commons IO's
  static Stream<Call> calls() {
    return Stream.of(
        stream("zstd-jni", Codec.ZSTD, "new ZstdInputStream(file)", ZstdInputStream::new),
        new Call("zstd-jni", Codec.ZSTD, "Zstd.decompress(out, data)", JavaReadersTest::zstdJni),
        stream(
            "Commons Compress",
            Codec.ZSTD,
            "new ZstdCompressorInputStream(file)",
            ZstdCompressorInputStream::new),
        stream(
            "aircompressor",
            Codec.ZSTD,
            "new ZstdInputStream(file)",
            io.airlift.compress.zstd.ZstdInputStream::new),
        new Call(
            "aircompressor",
            Codec.ZSTD,
            "new ZstdDecompressor().decompress(data, …, out, …)",
            JavaReadersTest::airlift),
        stream("Java", Codec.GZIP, "new GZIPInputStream(file)", GZIPInputStream::new),
        stream(
            "Commons Compress",
            Codec.GZIP,
            "new GzipCompressorInputStream(file)",
            GzipCompressorInputStream::new),
        stream(
            "Commons Compress",
            Codec.GZIP,
            "new GzipCompressorInputStream(file, true)",
            file -> new GzipCompressorInputStream(file, true)));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void read_objectOfManyFrames_givesWhatThePageSays(Call call) throws IOException {
    byte[] data = concat(call.codec().emptyFrame(), frames(call.codec()));

    assertThat(Readme.page("docs/reading.md").tableRows("### Java"))
        .contains(call.row(outcome(call, data)));
  }

  /** What stops after the first frame finds none there: no line is noticed, a few are not. */
  @ParameterizedTest
  @MethodSource("calls")
  void read_emptyFrameInFront_givesNoneInsteadOfAFew(Call call) throws IOException {
    byte[] frames = frames(call.codec());

    boolean whole = outcome(call, frames).equals("all");

    assertThat(outcome(call, frames)).isEqualTo(whole ? "all" : "a few");
    assertThat(outcome(call, concat(call.codec().emptyFrame(), frames)))
        .isEqualTo(whole ? "all" : "**none**");
  }

  private static String outcome(Call call, byte[] data) throws IOException {
    try {
      int lines = (int) new String(call.read().read(data), UTF_8).lines().count();
      return switch (lines) {
        case FRAMES * LINES -> "all";
        case LINES -> "a few";
        case 0 -> "**none**";
        default -> lines + " lines";
      };
    } catch (ZstdException | MalformedInputException e) {
      return "error";
    }
  }

  private static byte[] frames(Codec codec) {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      for (int batch = 1; batch <= FRAMES; batch++) {
        byte[] lines = ("{\"batch\":" + batch + "}\n").repeat(LINES).getBytes(UTF_8);
        Frame frame = encoder.encode(lines, lines.length);
        object.write(frame.bytes(), 0, frame.length());
      }
    }
    return object.toByteArray();
  }

  private static byte[] zstdJni(byte[] data) {
    byte[] out = new byte[1 << 20];
    int length = (int) Zstd.decompress(out, data);
    return Arrays.copyOf(out, length);
  }

  private static byte[] airlift(byte[] data) {
    byte[] out = new byte[1 << 20];
    int length =
        new io.airlift.compress.zstd.ZstdDecompressor()
            .decompress(data, 0, data.length, out, 0, out.length);
    return Arrays.copyOf(out, length);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
