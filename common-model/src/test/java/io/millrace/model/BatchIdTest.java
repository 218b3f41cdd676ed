package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchIdTest {
  private static final String WRITER = "01ARYZ6S41TSV4RRFFQ69G5FAV";

  @ParameterizedTest
  @ValueSource(longs = {1, 118, BatchId.MAX_SEQ})
  void parse_whatToStringWrote_isEqual(long seq) {
    BatchId id = new BatchId(WRITER, seq);

    assertThat(id).hasToString(WRITER + "-" + seq);
    assertThat(BatchId.parse(id.toString())).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "-1",
        WRITER,
        WRITER + "-",
        WRITER + "-0",
        WRITER + "-01",
        WRITER + "--1",
        WRITER + "-1 ",
        WRITER + "-1-2",
        WRITER + "-x",
        WRITER + "-1234567890123456789",
        WRITER + "-1000000000001",
        "short-1"
      })
  void parse_otherForm_throws(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> BatchId.parse(text));
  }

  @Test
  void new_numberOutOfRange_throws() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BatchId(WRITER, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new BatchId(WRITER, BatchId.MAX_SEQ + 1));
  }
}
