package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTemplateTest {
  /** 2026-11-23T03:35:20.123Z. */
  private static final Hour HOUR = Hour.of(1_795_404_920_123L);

  private static String token(String token) {
    return FolderTemplate.parse("{token}").folder(HOUR, "1", token);
  }

  @Test
  void folder_everyPlaceholder_isFilledIn() {
    FolderTemplate template =
        FolderTemplate.parse("dt={dt}/hour={hour}/v={version}/x{token}-{hour}");

    assertThat(template.folder(HOUR, "1.4", "abc"))
        .isEqualTo("dt=2026-11-23/hour=03/v=1.4/xabc-03");
    assertThat(template.toString()).isEqualTo("dt={dt}/hour={hour}/v={version}/x{token}-{hour}");
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "Az09.-_x,Az09.-_x",
        "../..,%2E%2E%2F..",
        "..,%2E%2E",
        ".,%2E",
        "...a,%2E%2E%2Ea",
        "_probe,%5Fprobe",
        "._.,%2E%5F%2E",
        "a/b,a%2Fb",
        "%2e,%252e",
        "\u00e4\u20ac\ud83d\ude00,%C3%A4%E2%82%AC%F0%9F%98%80",
        "a=b {\"'\\,a%3Db%20%7B%22%27%5C",
        "~+*,%7E%2B%2A",
        "\ud800,%3F"
      })
  void folder_tokenOfAnyCharacters_isOneSafeName(String token, String folder) {
    assertThat(token(token)).isEqualTo(folder);
  }

  @Test
  void folder_valueOfTheLongestPlainLength_isWrittenOut() {
    assertThat(token("a".repeat(200))).isEqualTo("a".repeat(200));
    assertThat(token("\u20ac".repeat(22) + "ab")).hasSize(200).endsWith("%ACab");
  }

  @Test
  void folder_longerValue_isCutAtACharacterAndEndsInItsHash() {
    assertThat(token("a".repeat(201)))
        .isEqualTo("a".repeat(200) + "-a92efd82109373e58f9a2056dee01e80");
    assertThat(token("\u20ac".repeat(256))).hasSize(22 * 9 + 33).contains("%E2%82%AC-");
    assertThat(token("\ud83d\ude00".repeat(256))).hasSize(16 * 12 + 33).contains("%98%80-");
  }

  @Test
  void folder_longValuesThatBeginAlike_areApart() {
    String same = "a".repeat(250);

    assertThat(token(same + "b")).isNotEqualTo(token(same + "c"));
    assertThat(token(token(same))).isNotEqualTo(token(same));
  }

  @Test
  void folder_emptyValue_isRefused() {
    assertThatThrownBy(() -> token(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        "..",
        "a/../b",
        "a..b",
        ".a",
        "_manifests",
        "a/_b",
        "{dt}/.",
        "{day}",
        "{dt",
        "dt}",
        "{}",
        "{{dt}}",
        "{DT}",
        "a b",
        "a%2Fb",
        "a\\b",
        "\u00e4",
        "a\n"
      })
  void parse_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> FolderTemplate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a folder template: '%s'", text);
  }

  @Test
  void parse_templateThatCouldMakeAKeyTooLong_isRefused() {
    assertThat(FolderTemplate.parse("t=".repeat(11) + "{token}")).isNotNull();
    assertThatThrownBy(() -> FolderTemplate.parse("t=".repeat(11) + "x{token}"))
        .hasMessage("'t=t=t=t=t=t=t=t=t=t=t=x{token}' can take 256 bytes, more than 255");
    String three = "{token}/{version}/{token}";
    assertThat(FolderTemplate.parse(three + "/" + "x".repeat(65))).isNotNull();
    assertThatThrownBy(() -> FolderTemplate.parse(three + "/" + "x".repeat(66)))
        .hasMessageEndingWith("can take 768 bytes, more than 767");
    assertThatThrownBy(() -> FolderTemplate.parse("x/".repeat(100_000) + "x"))
        .hasMessageStartingWith("not a folder template");
  }
}
