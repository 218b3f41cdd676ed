package io.millrace.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads settings out of a map of texts and collects every fault, so that all are told at once. A
 * value is taken as it is or refused, never adjusted. After a fault the reader goes on with the
 * lowest allowed value, which nobody sees: {@link #finish} throws.
 *
 * <p>One thread's own.
 */
public final class SettingsReader {
  /** Names that begin so are ours; one that no setting has is a typing error. */
  private static final String OUR_PREFIX = "MILLRACE_";

  private final Map<String, String> given;
  private final Map<String, String> effective = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  /**
   * @param given the environment with the command line laid over it
   */
  public SettingsReader(Map<String, String> given) {
    this.given = new HashMap<>(given);
    this.given.entrySet().removeIf(SettingsReader::isNone);
    for (String name : given.keySet()) {
      if (name.startsWith(OUR_PREFIX)) {
        faults.add(name + " is no setting; the settings are listed by --help");
      }
    }
  }

  /** OpenTelemetry's specification has it so, and what starts containers relies on it. */
  private static boolean isNone(Map.Entry<String, String> given) {
    return given.getKey().startsWith("OTEL_") && given.getValue().isEmpty();
  }

  /** A whole number from {@code min} to {@code max}; the setting's text names its unit. */
  public long number(Setting setting, long min, long max) {
    String text = text(setting);
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, with the range.
    }
    return refuse(setting, text, min);
  }

  /** As {@link #number}, within the range of int. */
  public int integer(Setting setting, int min, int max) {
    return (int) number(setting, min, max);
  }

  /** One of a few words. */
  public String choice(Setting setting, List<String> choices) {
    return choices.contains(text(setting))
        ? text(setting)
        : refuse(setting, text(setting), choices.get(0));
  }

  /** A text that the whole of a regular expression matches. */
  public String matching(Setting setting, String pattern) {
    return text(setting).matches(pattern) ? text(setting) : refuse(setting, text(setting), "");
  }

  /**
   * What {@code parse} makes of a text.
   *
   * @param parse throws IllegalArgumentException if the text is not allowed; the setting's fallback
   *     always is
   */
  public <T> T parsed(Setting setting, Function<String, T> parse) {
    try {
      return parse.apply(text(setting));
    } catch (IllegalArgumentException e) {
      return refuse(setting, text(setting), parse.apply(setting.fallback()));
    }
  }

  /** As {@link #parsed}, but nobody is shown the value. */
  public <T> T secret(Setting setting, Function<String, T> parse) {
    return secret(setting, parse, value -> "(not shown)");
  }

  /**
   * As {@link #parsed}, but only a part of the value is shown, and nothing if it is not allowed.
   *
   * @param shown the part of the value, as parsed, that holds no secret
   */
  public <T> T secret(Setting setting, Function<String, T> parse, Function<T, String> shown) {
    String text = text(setting);
    effective.put(setting.name(), "");
    try {
      T value = parse.apply(text);
      if (!text.isEmpty()) {
        effective.put(setting.name(), shown.apply(value));
      }
      return value;
    } catch (IllegalArgumentException e) {
      faults.add(
          setting.name()
              + " must be "
              + setting.allowed()
              + ", but is not; its value is not shown");
      return parse.apply(setting.fallback());
    }
  }

  /** Whether the setting was given at all. */
  public boolean isGiven(Setting setting) {
    return given.containsKey(setting.name());
  }

  /**
   * A relation between settings: notes {@code fault} unless it holds. Told only if each value by
   * itself is allowed; until then one of the two may be a stand-in.
   */
  public void require(boolean holds, String fault) {
    if (!holds) {
      broken.add(fault);
    }
  }

  /**
   * The settings in effect that have a value, for the log.
   *
   * @throws ConfigurationException with every fault, if there was one
   */
  public Map<String, String> finish() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    if (!broken.isEmpty()) {
      throw new ConfigurationException(broken);
    }
    effective.values().removeIf(String::isEmpty);
    return effective;
  }

  private String text(Setting setting) {
    String text = given.getOrDefault(setting.name(), setting.fallback());
    effective.put(setting.name(), text);
    return text;
  }

  private <T> T refuse(Setting setting, String text, T instead) {
    faults.add(
        setting.name()
            + " must be "
            + setting.allowed()
            + (text.isEmpty() && !isGiven(setting)
                ? ", but is not set"
                : ", but is '" + text + "'"));
    return instead;
  }
}
