package io.millrace.toolbox.audit.look;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.millrace.codec.Frame;
import io.millrace.model.Codec;
import io.millrace.model.Manifest;
import io.millrace.toolbox.audit.SampleAudit;
import io.millrace.toolbox.audit.SampleBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeepCheckTest {
  private static final SampleBatch ONE = SampleBatch.of(1);
  private static final SampleBatch TWO = SampleBatch.of(2);

  private static List<Damage> damages(Manifest manifest, byte[] content) throws IOException {
    return DeepCheck.damages(manifest, new ByteArrayInputStream(content));
  }

  private static List<Damage> damages(SampleBatch... batches) throws IOException {
    return damages(SampleAudit.manifest("o", batches), SampleAudit.content(batches));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void damages_anyFlippedBit_isFoundInItsFrame(Codec codec) throws IOException {
    SampleBatch[] batches = {ONE.codec(codec), TWO.codec(codec)};
    Manifest manifest = SampleAudit.manifest("o", batches);
    byte[] content = SampleAudit.content(batches);
    int seam = batches[0].frame().length;
    for (int bit = 0; bit < content.length * 8; bit++) {
      byte[] flipped = content.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      List<Damage> damages = damages(manifest, flipped);
      assertThat(damages).hasSize(1);
      assertThat(damages.get(0).offset()).isEqualTo(bit / 8 < seam ? 0 : seam);
    }
    assertThat(damages(manifest, content)).isEmpty();
  }

  @Test
  void damages_cutOff_isFound() throws IOException {
    byte[] content = SampleAudit.content(ONE);
    assertThat(damages(SampleAudit.manifest("o", ONE), Arrays.copyOf(content, 10)))
        .singleElement()
        .asString()
        .contains("ends after 10");
  }

  @Test
  void damages_emptyFrameAtTheEnd_isAllowedAndNothingElse() throws IOException {
    Manifest manifest = SampleAudit.manifest("o", ONE);
    byte[] content = SampleAudit.content(ONE);
    byte[] empty = Codec.ZSTD.emptyFrame();
    assertThat(damages(manifest, SampleAudit.concat(content, empty))).isEmpty();
    assertThat(damages(manifest, SampleAudit.concat(content, TWO.frame()))).hasSize(1);
  }

  @Test
  void damages_emptyFrameAtTheStart_isAllowedAndNothingElse() throws IOException {
    byte[] empty = Codec.ZSTD.emptyFrame();
    int end = empty.length + ONE.frame().length;
    Manifest manifest = new Manifest(1, "o", "zstd", 1, end, List.of(ONE.entry(empty.length)));
    assertThat(damages(manifest, SampleAudit.concat(empty, ONE.frame()))).isEmpty();
    assertThat(damages(manifest, SampleAudit.concat(new byte[empty.length], ONE.frame())))
        .singleElement()
        .asString()
        .contains("begins with bytes");
  }

  @Test
  void damages_otherCount_isFound() throws IOException {
    Manifest.Entry entry = ONE.entry(0);
    Manifest.Entry lying =
        new Manifest.Entry(
            entry.batch(), 0, entry.length(), entry.crc32c(), 3, entry.opened(), 1, List.of());
    Manifest manifest = new Manifest(1, "o", "zstd", 1, entry.length(), List.of(lying));
    assertThat(damages(manifest, ONE.frame())).singleElement().asString().contains("2 lines");
  }

  @Test
  void damages_linesOfAnotherOrder_isFound() throws IOException {
    assertThat(damages(ONE.lines(ONE.lines().get(1), ONE.lines().get(0))))
        .singleElement()
        .asString()
        .contains("line 0 has another id");
  }

  @Test
  void damages_lineWithAKey_isNone() throws IOException {
    String line = ONE.lines().get(0).replace("\",\"received_at", "\",\"key\":\"k\",\"received_at");
    assertThat(damages(ONE.lines(line))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"id\":\"%s\"}",
        "{\"id\":\"%s\",\"received_at\":\"now\",\"version\":\"1\",\"token\":\"t\",\"payload\":{}}",
        "{\"id\":\"%s\",\"received_at\":\"2026-11-23T03:35:20.123Z\",\"version\":1,"
            + "\"token\":\"t\",\"payload\":{}}",
        "{\"id\":\"%s\",\"received_at\":\"2026-11-23T03:35:20.123Z\",\"version\":\"1\","
            + "\"token\":\"t\",\"payload\":[]}",
        "{\"id\":\"%s\",\"received_at\":\"2026-11-23T03:35:20.123Z\",\"version\":\"1\","
            + "\"token\":\"t\",\"payload\":{},\"more\":1}",
        "{\"id\":\"%s\",\"received_at\":\"2026-11-23T03:35:20.123Z\",\"version\":\"1\","
            + "\"token\":\"t\",\"payload\":{}} {}",
        "{\"id\":\"%s\",\"received_at\":\"2026-11-23T03:35:20.123Z\",\"version\":\"1\","
            + "\"token\":\"t\",\"payload\":{]}}"
      })
  void damages_lineOfAnotherForm_isFound(String line) throws IOException {
    String id = ONE.id() + "-0";
    assertThat(damages(ONE.lines(line.replace("%s", id))))
        .singleElement()
        .asString()
        .contains("line 0");
  }

  @Test
  void damages_payloadsThatReadersStumbleOver_areNone() throws IOException {
    String deep = "{\"a\":".repeat(64) + "1" + "}".repeat(64);
    String name = "{\"" + "n".repeat(60_000) + "\":1e999,\"x\":1,\"x\":\"\\u0000\"}";
    String line = ONE.lines().get(0);
    String start = line.substring(0, line.lastIndexOf("{"));
    String second = ONE.lines().get(1);
    String secondStart = second.substring(0, second.lastIndexOf("{"));
    assertThat(damages(ONE.lines(start + deep + "}", secondStart + name + "}"))).isEmpty();
  }

  @Test
  void damages_noLineFeedAtTheEnd_isFound() throws IOException {
    byte[] frame = Zstd.compress(ONE.lines().get(0).getBytes(UTF_8));
    String crc = new Frame(frame, frame.length).crc32c();
    Manifest.Entry entry =
        new Manifest.Entry(ONE.id().toString(), 0, frame.length, crc, 1, 1, 1, List.of());
    Manifest manifest = new Manifest(1, "o", "zstd", 1, frame.length, List.of(entry));
    assertThat(damages(manifest, frame)).singleElement().asString().contains("no line feed");
  }
}
