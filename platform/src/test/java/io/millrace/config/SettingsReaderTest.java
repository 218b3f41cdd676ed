package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  private static final Setting<Integer> SIZE =
      Setting.integer("SIZE_BYTES", 10, 1, 20, "bytes", "A size");
  private static final Setting<String> WORD =
      Setting.choice("WORD", List.of("a", "b"), "A word", Function.identity());
  private static final Setting<String> NAME =
      Setting.text("NAME", "", "[a-z]{1,3}", "1 to 3 letters", "A name");
  private static final Setting<Long> MOST = Setting.bytesUpTo("MOST_BYTES", 5, "a half", "A most");
  private static final Setting<Integer> KEY =
      Setting.parsed("KEY", "1", "a number", "A key", Integer::valueOf).secret();

  @Test
  void finish_nothingGiven_hasDefaults() {
    SettingsReader reader = new SettingsReader(Map.of("HOME", "/"));

    assertThat(reader.get(SIZE)).isEqualTo(10);
    assertThat(reader.get(WORD)).isEqualTo("a");
    assertThat(reader.finish())
        .containsExactly(Map.entry("SIZE_BYTES", "10"), Map.entry("WORD", "a"));
  }

  @Test
  void finish_allGiven_hasThem() {
    SettingsReader reader =
        new SettingsReader(Map.of("SIZE_BYTES", "20", "WORD", "b", "NAME", "xyz"));

    assertThat(reader.get(SIZE)).isEqualTo(20);
    assertThat(reader.get(WORD)).isEqualTo("b");
    assertThat(reader.get(NAME)).isEqualTo("xyz");
    assertThat(reader.finish()).containsEntry("NAME", "xyz");
  }

  @Test
  void parsed_textThatTheParserRefuses_isAFault() {
    SettingsReader reader = new SettingsReader(Map.of("SIZE_BYTES", "ten"));
    int length = reader.get(Setting.parsed("WORD", "a", "a word", "A word", String::length));
    int size =
        reader.get(Setting.parsed("SIZE_BYTES", "10", "1 to 20 bytes", "A size", Integer::valueOf));

    assertThat(length).isEqualTo(1);
    assertThat(size).isEqualTo(10);
    assertThat(faults(reader)).containsExactly("SIZE_BYTES must be 1 to 20 bytes, but is 'ten'");
  }

  @Test
  void finish_manyFaults_tellsAllAtOnce() {
    SettingsReader reader =
        new SettingsReader(Map.of("SIZE_BYTES", "21", "WORD", "c", "MILLRACE_SIZE", "1"));
    reader.get(SIZE);
    reader.get(WORD);
    reader.get(NAME);

    assertThat(faults(reader))
        .containsExactly(
            "MILLRACE_SIZE is no setting; the settings are listed by --help",
            "SIZE_BYTES must be 1 to 20 bytes, but is '21'",
            "WORD must be a or b, but is 'c'",
            "NAME must be 1 to 3 letters, but is not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 5", "5 ", "0", "21", "1e1", "5.0", "-5", "99999999999999999999"})
  void number_notInRange_isAFault(String text) {
    SettingsReader reader = new SettingsReader(Map.of("SIZE_BYTES", text));
    reader.get(SIZE);

    assertThat(faults(reader))
        .containsExactly("SIZE_BYTES must be 1 to 20 bytes, but is '" + text + "'");
  }

  @Test
  void require_severalRelationsBroken_tellsAll() {
    SettingsReader reader = new SettingsReader(Map.of());
    reader.require(true, "kept");
    reader.require(false, "one broken");
    reader.require(false, "two broken");

    assertThat(faults(reader)).containsExactly("one broken", "two broken");
  }

  @Test
  void require_besideAWrongValue_isNotTold() {
    SettingsReader reader = new SettingsReader(Map.of("SIZE_BYTES", "x"));
    reader.require(reader.get(SIZE) > 5, "a relation to a stand-in");

    assertThat(faults(reader)).containsExactly("SIZE_BYTES must be 1 to 20 bytes, but is 'x'");
  }

  @Test
  void ifGiven_nothingOrAllowedOrTooMuch_isEmptyOrTheValueOrAFault() {
    assertThat(new SettingsReader(Map.of()).ifGiven(MOST, most -> most <= 10)).isEmpty();
    assertThat(new SettingsReader(Map.of("MOST_BYTES", "10")).ifGiven(MOST, most -> most <= 10))
        .contains(10L);

    SettingsReader reader = new SettingsReader(Map.of("MOST_BYTES", "11"));
    assertThat(reader.ifGiven(MOST, most -> most <= 10)).contains(5L);
    assertThat(faults(reader))
        .containsExactly("MOST_BYTES must be 5 to a half, bytes, but is '11'");
  }

  @Test
  void get_secret_isNeverShown() {
    SettingsReader right = new SettingsReader(Map.of("KEY", "4711"));
    SettingsReader wrong = new SettingsReader(Map.of("KEY", "4711x"));

    assertThat(right.get(KEY)).isEqualTo(4711);
    assertThat(right.finish()).containsExactly(Map.entry("KEY", "(not shown)"));
    assertThat(wrong.get(KEY)).isEqualTo(1);
    assertThat(faults(wrong))
        .containsExactly("KEY must be a number, but is not; its value is not shown");
  }

  @Test
  void isGiven_defaultOnly_isFalse() {
    SettingsReader reader = new SettingsReader(Map.of("NAME", ""));

    assertThat(reader.isGiven(SIZE)).isFalse();
    assertThat(reader.isGiven(NAME)).isTrue();
  }

  private static List<String> faults(SettingsReader reader) {
    return catchThrowableOfType(ConfigurationException.class, reader::finish).faults();
  }
}
