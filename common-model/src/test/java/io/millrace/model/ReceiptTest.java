package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {
  private static final String WRITER = "01ARYZ6S41TSV4RRFFQ69G5FAV";

  @Test
  void parse_whatJoinWrote_isEqual() {
    List<Receipt> parts =
        List.of(
            new Receipt(new BatchId(WRITER, 118), 97, 3),
            new Receipt(new BatchId(WRITER, 119), 0, 999_999_999));

    String text = Receipt.join(parts);

    assertThat(text).isEqualTo(WRITER + "-118-97+3," + WRITER + "-119-0+999999999");
    assertThat(Receipt.parse(text)).isEqualTo(parts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "1+1",
        WRITER + "-1+1",
        WRITER + "-1-0",
        WRITER + "-1-0+0",
        WRITER + "-1-0+01",
        WRITER + "-1--1+1",
        WRITER + "-1-0+1,",
        "," + WRITER + "-1-0+1",
        WRITER + "-1-0+1, " + WRITER + "-2-0+1",
        WRITER + "-1-0+1+1",
        WRITER + "-1-1234567890+1",
        WRITER + "-0-0+1"
      })
  void parse_otherForm_throws(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Receipt.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 0", "0, -1"})
  void new_outOfRange_throws(int first, int count) {
    BatchId batch = new BatchId(WRITER, 1);

    assertThatIllegalArgumentException().isThrownBy(() -> new Receipt(batch, first, count));
  }
}
