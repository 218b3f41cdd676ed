package io.millrace.toolbox.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.model.BatchId;
import io.millrace.model.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTermsTest {
  private static final BatchId BATCH = new BatchId(SampleBucket.WRITER, 118);

  @Test
  void parse_receiptAndLineId_areParts() {
    assertThat(SearchTerms.parse(BATCH + "-2+3," + BATCH + "-9+1"))
        .containsExactly(new Receipt(BATCH, 2, 3), new Receipt(BATCH, 9, 1));
    assertThat(SearchTerms.parse(BATCH + "-40")).containsExactly(new Receipt(BATCH, 40, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "01M83DVAG0TSV4RRFFQ69G5FAV",
        "01M83DVAG0TSV4RRFFQ69G5FAV-118",
        "01M83DVAG0TSV4RRFFQ69G5FAV-118-",
        "01M83DVAG0TSV4RRFFQ69G5FAV-118-x",
        "01M83DVAG0TSV4RRFFQ69G5FAV-118-1+0",
        "01M83DVAG0TSV4RRFFQ69G5FAV-118-1+1,",
      })
  void parse_otherForms_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SearchTerms.parse(text));
  }
}
