package io.millrace.toolbox.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.millrace.time.FakeTicker;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionSourceTest {
  @TempDir private Path folder;
  private final CollectionBuffer buffer = new CollectionBuffer("1", "t", 2);

  private CollectionSource source(double rate, Path... files) {
    List<String> names = List.of(files).stream().map(Path::toString).toList();
    InputFiles inputs = new InputFiles(names, 1, InputStream.nullInputStream());
    return new CollectionSource(inputs, 2, new Pace(new FakeTicker(), rate));
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<String> payloads() {
    List<String> payloads = new ArrayList<>();
    for (int i = 0; i < buffer.payloads(); i++) {
      int start = buffer.start(i);
      payloads.add(new String(buffer.bytes(), start, buffer.end(i) - start, UTF_8));
    }
    return payloads;
  }

  @Test
  void next_twoFiles_neverMixesThem() throws Exception {
    CollectionSource source =
        source(0, file("a", "1\n2\n3\n"), file("empty", "\n\r\n"), file("b", "4"));
    assertThat(source.next(buffer)).isTrue();
    assertThat(payloads()).containsExactly("1", "2");
    source.firstAnswered();
    assertThat(source.next(buffer)).isTrue();
    assertThat(payloads()).containsExactly("3");
    assertThat(source.next(buffer)).isTrue();
    assertThat(payloads()).containsExactly("4");
    assertThat(source.next(buffer)).isFalse();
    assertThat(source.next(buffer)).isFalse();
    assertThat(source.handedOut()).isEqualTo(3);
  }

  @Test
  void next_rate_fixesTheMomentsBeforehand() throws Exception {
    CollectionSource source = source(4, file("a", "1\n2\n3\n4\n5\n6\n"));
    List<Long> due = new ArrayList<>();
    while (source.next(buffer)) {
      due.add(buffer.origin().dueNanos());
      source.firstAnswered();
    }
    assertThat(due).containsExactly(0L, 250_000_000L, 500_000_000L);
  }

  @Test
  void next_lineLongerThanAnyBuffer_isWhole() throws Exception {
    String line = "\"" + "x".repeat(300_000) + "\"";
    CollectionSource source = source(0, file("a", line + "\n{}\n"));
    assertThat(source.next(buffer)).isTrue();
    assertThat(payloads()).containsExactly(line, "{}");
  }

  @Test
  void next_concatenatedZstdFrames_areReadAsOneFile() throws Exception {
    Path packed = folder.resolve("a.zst");
    Files.write(packed, Zstd.compress("{\"a\":".getBytes(UTF_8)));
    Files.write(packed, Zstd.compress("1}\n".getBytes(UTF_8)), StandardOpenOption.APPEND);
    assertThat(source(0, packed).next(buffer)).isTrue();
    assertThat(payloads()).containsExactly("{\"a\":1}");
  }

  @Test
  void next_damagedFile_failsOnceAndEnds() throws Exception {
    byte[] packed = Zstd.compress("{}\n{}\n{}\n".getBytes(UTF_8));
    Path cut = Files.write(folder.resolve("cut.zst"), Arrays.copyOf(packed, 12));
    CollectionSource source = source(0, cut);
    assertThatThrownBy(() -> source.next(buffer)).hasMessageContaining("cut.zst:2");
    assertThat(source.next(buffer)).isFalse();
  }

  @Test
  void check_linesThatAreNoObject_areNamed() throws Exception {
    for (String wrong : List.of("[]", "{", "{}{}", "{'a':1}", "\ufeff{}", "1", "{\"a\":01}")) {
      source(0, file("in", "{}\n" + wrong + "\n")).next(buffer);
      assertThatThrownBy(() -> PayloadCheck.check(buffer))
          .as(wrong)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("in:2: ");
    }
  }

  @Test
  void check_otherFormats_areToldWithWhatHelps() throws Exception {
    Map<String, String> hints =
        Map.of(
            "[{\"a\":1}]", "jq -c '.[]'",
            "[", "jq -c",
            "{", "jq -c . FILE",
            "  \"a\": 1,", "such as CSV",
            "a,b,c", "such as CSV",
            "\ufeff{}", "byte order mark",
            "{\"a\":01}", "malformed at column ");
    for (Map.Entry<String, String> each : hints.entrySet()) {
      source(0, file("in", each.getKey() + "\n")).next(buffer);
      assertThatThrownBy(() -> PayloadCheck.check(buffer))
          .as(each.getKey())
          .hasMessageContaining(each.getValue())
          .message()
          .doesNotContain("Source");
    }
  }

  @Test
  void check_objects_pass() throws Exception {
    source(0, file("in", "{\"a\":[{\"b\":\"é\"}]}\n \t{}\t \n")).next(buffer);
    assertThatCode(() -> PayloadCheck.check(buffer)).doesNotThrowAnyException();
    assertThat(payloads()).containsExactly("{\"a\":[{\"b\":\"é\"}]}", "{}");
  }
}
