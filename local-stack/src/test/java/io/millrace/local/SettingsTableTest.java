package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.Setting;
import io.millrace.web.WebSettings;
import io.millrace.worker.WorkerSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of docs/reference/settings.md say what the code says. */
class SettingsTableTest {

  @Test
  void settings_ofTheWebTier_areTheTable() throws IOException {
    assertThat(table("Web tier")).isEqualTo(rows(WebSettings.ALL));
  }

  @Test
  void settings_ofTheWorker_areTheTable() throws IOException {
    assertThat(table("Worker")).isEqualTo(rows(WorkerSettings.ALL));
  }

  /** As one text, so that a failure shows the whole table to copy. */
  private static String table(String section) throws IOException {
    return String.join("\n", Readme.page("docs/reference/settings.md").tableRows("## " + section));
  }

  private static String rows(List<Setting<?>> settings) {
    return String.join("\n", settings.stream().map(SettingsTableTest::row).toList());
  }

  private static String row(Setting<?> setting) {
    String fallback = setting.fallback().isEmpty() ? "none" : setting.fallback();
    return "| `%s` | %s | %s | %s |"
        .formatted(setting.name(), fallback, setting.allowed(), setting.about());
  }
}
