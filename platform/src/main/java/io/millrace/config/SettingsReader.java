package io.millrace.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads settings out of a map of texts and collects every fault, so that all are reported at once.
 * A value is taken as it is or refused, never adjusted. After a fault the reader goes on with an
 * allowed value, which nobody sees: {@link #finish} throws.
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

  /** The value that is given, or the setting's fallback. */
  public <T> T get(Setting<T> setting) {
    return get(setting, value -> true);
  }

  /** As {@link #get}; empty if nothing was given. */
  public <T> Optional<T> ifGiven(Setting<T> setting) {
    return ifGiven(setting, value -> true);
  }

  /**
   * As {@link #get}; empty if nothing was given.
   *
   * @param also has to hold for a value that the setting allows
   */
  public <T> Optional<T> ifGiven(Setting<T> setting, Predicate<T> also) {
    return isGiven(setting) ? Optional.of(get(setting, also)) : Optional.empty();
  }

  private <T> T get(Setting<T> setting, Predicate<T> also) {
    String text = given.getOrDefault(setting.name(), setting.fallback());
    boolean isSecret = setting.shown().isPresent();
    effective.put(setting.name(), isSecret ? "" : text);
    try {
      T value = setting.parse(text);
      if (also.test(value)) {
        setting
            .shown()
            .filter(shown -> !text.isEmpty())
            .ifPresent(shown -> effective.put(setting.name(), shown.apply(value)));
        return value;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, with what is allowed.
    }
    faults.add(setting.name() + " must be " + setting.allowed() + found(setting, text, isSecret));
    return setting.standIn();
  }

  private String found(Setting<?> setting, String text, boolean isSecret) {
    if (isSecret) {
      return ", but is not; its value is not shown";
    }
    return text.isEmpty() && !isGiven(setting) ? ", but is not set" : ", but is '" + text + "'";
  }

  /** Whether the setting was given at all. */
  public boolean isGiven(Setting<?> setting) {
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
}
