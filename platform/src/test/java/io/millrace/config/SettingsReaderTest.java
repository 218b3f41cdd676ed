package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  private static final Setting SIZE = new Setting("SIZE_BYTES", "10", "1 to 20 bytes", "A size");
  private static final Setting WORD = new Setting("WORD", "a", "a or b", "A word");
  private static final Setting NAME = new Setting("NAME", "", "1 to 3 letters", "A name");

  @Test
  void finish_nothingGiven_hasDefaults() {
    SettingsReader reader = new SettingsReader(Map.of("HOME", "/"));

    assertThat(reader.number(SIZE, 1, 20)).isEqualTo(10);
    assertThat(reader.choice(WORD, List.of("a", "b"))).isEqualTo("a");
    assertThat(reader.finish())
        .containsExactly(Map.entry("SIZE_BYTES", "10"), Map.entry("WORD", "a"));
  }

  @Test
  void finish_allGiven_hasThem() {
    SettingsReader reader =
        new SettingsReader(Map.of("SIZE_BYTES", "20", "WORD", "b", "NAME", "xyz"));

    assertThat(reader.integer(SIZE, 1, 20)).isEqualTo(20);
    assertThat(reader.choice(WORD, List.of("a", "b"))).isEqualTo("b");
    assertThat(reader.matching(NAME, "[a-z]{1,3}")).isEqualTo("xyz");
    assertThat(reader.finish()).containsEntry("NAME", "xyz");
  }

  @Test
  void parsed_textThatTheParserRefuses_isAFault() {
    SettingsReader reader = new SettingsReader(Map.of("SIZE_BYTES", "ten"));
    int length = reader.parsed(WORD, String::length);
    int size = reader.parsed(SIZE, Integer::valueOf);

    assertThat(length).isEqualTo(1);
    assertThat(size).isEqualTo(10);
    assertThat(faults(reader)).containsExactly("SIZE_BYTES must be 1 to 20 bytes, but is 'ten'");
  }

  @Test
  void finish_manyFaults_tellsAllAtOnce() {
    SettingsReader reader =
        new SettingsReader(Map.of("SIZE_BYTES", "21", "WORD", "c", "MILLRACE_SIZE", "1"));
    reader.number(SIZE, 1, 20);
    reader.choice(WORD, List.of("a", "b"));
    reader.matching(NAME, "[a-z]{1,3}");

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
    reader.number(SIZE, 1, 20);

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
    reader.require(reader.number(SIZE, 1, 20) > 5, "a relation to a stand-in");

    assertThat(faults(reader)).containsExactly("SIZE_BYTES must be 1 to 20 bytes, but is 'x'");
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
