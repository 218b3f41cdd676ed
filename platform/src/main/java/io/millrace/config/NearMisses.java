package io.millrace.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names in the environment that look like a setting that was meant: one with a letter wrong, or
 * without its unit. Such a name is no error, as the environment is everybody's, but worth a line.
 */
public final class NearMisses {
  /** Shorter names are near to too many that others use. */
  private static final int SHORTEST = 5;

  private static final Set<String> UNITS = Set.of("MS", "SECONDS", "BYTES", "ARG");

  private NearMisses() {}

  /**
   * One sentence for each.
   *
   * @param given all names in the environment
   */
  public static List<String> in(Collection<String> given, List<Setting<?>> settings) {
    List<String> names = settings.stream().map(Setting::name).toList();
    return given.stream()
        .filter(name -> name.length() >= SHORTEST && !names.contains(name))
        .sorted()
        .flatMap(
            name ->
                names.stream()
                    .filter(setting -> isNear(name.toUpperCase(Locale.ROOT), setting))
                    .limit(1)
                    .map(setting -> name + " is no setting; was " + setting + " meant?"))
        .toList();
  }

  private static boolean isNear(String name, String setting) {
    return name.equals(setting)
        || isWithoutUnit(name, setting)
        || (setting.length() >= SHORTEST && isOneEditAway(name, setting));
  }

  private static boolean isWithoutUnit(String name, String setting) {
    return setting.startsWith(name + "_") && UNITS.contains(setting.substring(name.length() + 1));
  }

  /** One letter more, less or other, or two letters that changed places. */
  private static boolean isOneEditAway(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int same = 0;
    while (same < shorter && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    String restA = a.substring(same);
    String restB = b.substring(same);
    return Stream.of(
            restA.equals(tail(restB, 1)),
            restB.equals(tail(restA, 1)),
            tail(restA, 1).equals(tail(restB, 1)),
            isSwapped(restA, restB))
        .anyMatch(Boolean::booleanValue);
  }

  private static boolean isSwapped(String a, String b) {
    return a.length() > 1
        && b.length() > 1
        && a.charAt(0) == b.charAt(1)
        && a.charAt(1) == b.charAt(0)
        && tail(a, 2).equals(tail(b, 2));
  }

  private static String tail(String text, int from) {
    return text.substring(Math.min(from, text.length()));
  }
}
