package io.millrace.toolbox.audit.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.toolbox.audit.SampleBatch;
import io.millrace.toolbox.audit.SampleReceipts;
import io.millrace.toolbox.audit.judge.ReceiptPart;
import io.millrace.toolbox.audit.judge.Scope;
import io.millrace.toolbox.hours.HourRange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptBookTest {
  private static final String RECEIPT = SampleBatch.WRITER + "-1-0+1";

  @TempDir private Path folder;

  private SampleReceipts receipts;

  @BeforeEach
  void makeFile() {
    receipts = new SampleReceipts(folder.resolve("receipts"));
  }

  @Test
  void read_severalLines_groupsByBatch() throws IOException {
    receipts.add(SampleBatch.of(1).id(), 0, 2).add(SampleBatch.of(1).id(), 2, 3);
    ReceiptBook book = receipts.add(SampleBatch.of(2).id(), 0, 1).book();
    assertThat(book.receipts()).isEqualTo(3);
    assertThat(book.payloads()).isEqualTo(6);
    assertThat(book.parts().get(SampleBatch.of(1).id()))
        .extracting(ReceiptPart::first)
        .containsExactly(0, 2);
  }

  @Test
  void read_otherTimesAndWriters_areOnlyCounted() throws IOException {
    Instant hour = Instant.parse("2026-11-23T03:00:00Z");
    Scope scope = new Scope(new HourRange(hour, hour.plusSeconds(3600)), SampleBatch.WRITER);
    receipts.add(RECEIPT, "2026-11-23T02:59:59Z", List.of("{}"));
    receipts.add(RECEIPT, "2026-11-23T04:00:00Z", List.of("{}"));
    receipts.add(SampleBatch.OTHER + "-1-0+1", SampleReceipts.AT, List.of("{}"));
    ReceiptBook book = receipts.add(RECEIPT, SampleReceipts.AT, List.of("{}")).book(scope);
    assertThat(book.receipts()).isEqualTo(1);
    assertThat(book.outside()).isEqualTo(3);
  }

  @Test
  void read_lastLineCutOff_isLeftOutAndTold() throws IOException {
    ReceiptBook book = receipts.add(SampleBatch.of(1).id(), 0, 1).raw("{\"receipt\":\"01").book();
    assertThat(book.receipts()).isEqualTo(1);
    assertThat(book.cutOff()).singleElement().asString().contains("line 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "{\"receipt\":\"x\",\"at\":\"2026-11-23T03:35:21Z\",\"payloads\":[]}",
        "{\"receipt\":\"01M835H6W0AAAAAAAAAAAAAAAA-1-0+1\",\"at\":\"2026-11-23T03:35:21Z\","
            + "\"payloads\":[]}",
        "{\"receipt\":\"01M835H6W0AAAAAAAAAAAAAAAA-1-0+1\",\"at\":\"2026-11-23T03:35:21Z\","
            + "\"payloads\":[\"abcd\"]}",
        "{\"receipt\":\"01M835H6W0AAAAAAAAAAAAAAAA-1-0+1\",\"at\":\"2026-11-23T03:35:21Z\","
            + "\"payloads\":[null]}",
        "null",
        "{\"receipt\":\"01M835H6W0AAAAAAAAAAAAAAAA-1-0+1\",\"at\":\"yesterday\",\"payloads\":[]}",
        "{}"
      })
  void read_lineOfAnotherForm_isRefusedByItsNumber(String line) throws IOException {
    receipts.add(SampleBatch.of(1).id(), 0, 1).raw(line + "\n");
    receipts.add(SampleBatch.of(1).id(), 0, 1);
    assertThatThrownBy(receipts::book)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2 of " + receipts.file());
  }

  @Test
  void read_gzip_isUnpacked() throws IOException {
    receipts.add(SampleBatch.of(1).id(), 0, 1);
    Path packed = folder.resolve("receipts.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(receipts.file(), out);
    }
    assertThat(new SampleReceipts(packed).book().receipts()).isEqualTo(1);
  }
}
