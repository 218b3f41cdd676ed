import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.codec.Frame;
import io.millrace.codec.FrameEncoder;
import io.millrace.model.Codec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes objects as the tiers write them, with the web tier's own encoder:
 *
 * <pre>java -cp 'ingest-web/target/lib/*' docs/readers/Objects.java FOLDER</pre>
 *
 * <p>FOLDER must be new. For each codec it gets four folders, each with an object of an empty
 * frame and {@value #FRAMES} frames of {@value #LINES} lines:
 *
 * <ul>
 *   <li>{@code plain}: payloads of one shape
 *   <li>{@code hour}: the same, after a tombstone and an object of checkpoints, which have no lines
 *   <li>{@code types}: in the last frame a field is a string that was a number before
 *   <li>{@code odd}: the last frame has a field twice, a name in two cases, a number that no double
 *       holds, and U+0000
 * </ul>
 */
final class Objects {
  private static final int FRAMES = 600;
  private static final int LINES = 25;
  private static final String PLAIN = "{\"event\":\"connect\",\"port\":443,\"n\":0}";

  /** The payloads of the last frame, in turn. */
  private static final Map<String, List<String>> LAST =
      Map.of(
          "plain", List.of(PLAIN),
          "hour", List.of(PLAIN),
          "types", List.of("{\"event\":\"connect\",\"port\":\"https\",\"n\":0}"),
          "odd",
              List.of(
                  "{\"event\":\"twice\",\"event\":\"twice\"}",
                  "{\"event\":\"case\",\"EVENT\":\"other\"}",
                  "{\"event\":\"large\",\"port\":1e999}",
                  "{\"event\":\"nul\",\"text\":\"\\u0000\"}"));

  private Objects() {}

  public static void main(String[] arguments) throws IOException {
    for (Codec codec : Codec.values()) {
      String data = "1795914000500-01KAQZ8E4RT5V9B3XK2M7NDCWH-2" + codec.suffix();
      String tombstone = "1795914000300-01KAQZ8E4RT5V9B3XK2M7NDCWH-0" + codec.suffix();
      String checkpoints = "1795914000400-01KAQZ8E4RT5V9B3XK2M7NDCWH-1" + codec.suffix();
      for (String folder : LAST.keySet()) {
        Path hour = Path.of(arguments[0], codec.label(), folder, "dt=2026-11-29", "hour=01");
        Files.createDirectories(hour);
        write(codec, hour.resolve(data), LAST.get(folder));
        if (folder.equals("hour")) {
          Files.write(hour.resolve(tombstone), codec.emptyFrame());
          try (OutputStream out = Files.newOutputStream(hour.resolve(checkpoints))) {
            for (int frame = 0; frame < 5; frame++) {
              out.write(codec.emptyFrame());
            }
          }
        }
      }
    }
  }

  private static void write(Codec codec, Path object, List<String> last) throws IOException {
    try (OutputStream out = Files.newOutputStream(object);
        FrameEncoder encoder = new FrameEncoder(codec)) {
      out.write(codec.emptyFrame());
      for (int batch = 1; batch <= FRAMES; batch++) {
        byte[] lines = lines(batch, batch == FRAMES ? last : List.of(PLAIN)).getBytes(UTF_8);
        Frame frame = encoder.encode(lines, lines.length);
        out.write(frame.bytes(), 0, frame.length());
      }
    }
  }

  private static String lines(int batch, List<String> payloads) {
    StringBuilder lines = new StringBuilder();
    for (int n = 0; n < LINES; n++) {
      lines.append(
          String.format(
              "{\"id\":\"01KAQZ8E4RT5V9B3XK2M7NDCWH-%d-%d\","
                  + "\"received_at\":\"2026-11-29T01:%02d:%02d.000Z\",\"version\":\"1\","
                  + "\"token\":\"host-%d\",\"payload\":%s}\n",
              batch, n, batch / 60, batch % 60, n % 7, payloads.get(n % payloads.size())));
    }
    return lines.toString();
  }
}
