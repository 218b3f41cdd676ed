package io.millrace.run;

import io.millrace.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How log lines are written: a text for people, or a JSON object for machines. {@code logback.xml}
 * reads the choice from the environment or the system property of the same name, and includes the
 * file for it.
 */
public final class LogFormat {
  /** For all tiers. */
  public static final Setting<String> SETTING =
      Setting.choice(
          "LOG_FORMAT",
          List.of("text", "json"),
          "How log lines are written, to stderr",
          Function.identity());

  private LogFormat() {}

  /** Whether a machine reads what is written to stderr. */
  static boolean isJson(Map<String, String> settings) {
    return "json".equals(settings.get(SETTING.name()));
  }

  /** Before anything is logged: the command line wins over the environment. */
  static void choose(Map<String, String> settings) {
    String chosen = settings.get(SETTING.name());
    if (chosen != null) {
      System.setProperty(SETTING.name(), chosen);
    }
  }
}
