package io.millrace.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a process: an environment variable that is a command-line option too. This is its
 * only declaration: the check, its message, the option, the help text and the page of reference
 * come from it.
 *
 * <p>Immutable. Names end in their unit, if there is one.
 *
 * @param <T> what its text is parsed to
 */
public final class Setting<T> {
  private final String name;
  private final String fallback;
  private final String allowed;
  private final String about;
  private final Function<String, T> parse;
  private final T standIn;
  private final @Nullable Function<T, String> shown;

  private Setting(
      String name,
      String fallback,
      String allowed,
      String about,
      Function<String, T> parse,
      T standIn,
      @Nullable Function<T, String> shown) {
    this.name = name;
    this.fallback = fallback;
    this.allowed = allowed;
    this.about = about;
    this.parse = parse;
    this.standIn = standIn;
    this.shown = shown;
  }

  /**
   * A whole number.
   *
   * @param fallback what holds if none is given
   * @param unit behind the range in help and errors; empty if the about says what is counted
   * @param about one sentence without a full stop
   */
  public static Setting<Integer> integer(
      String name, int fallback, int min, int max, String unit, String about) {
    return number(name, "" + fallback, min, max, unit, about, Math::toIntExact);
  }

  /** A whole number that nothing stands for if none is given. */
  public static Setting<Integer> integer(String name, int min, int max, String unit, String about) {
    return number(name, "", min, max, unit, about, Math::toIntExact);
  }

  /** A number of bytes. */
  public static Setting<Long> bytes(String name, long fallback, long min, long max, String about) {
    return number(name, "" + fallback, min, max, "bytes", about, Long::valueOf);
  }

  /**
   * A number of bytes that nothing stands for if none is given, and whose greatest value is known
   * to its reader alone, see {@link SettingsReader#ifGiven(Setting, java.util.function.Predicate)}.
   *
   * @param most in words
   */
  public static Setting<Long> bytesUpTo(String name, long min, String most, String about) {
    Function<String, Long> parse = text -> inRange(text, min, Long.MAX_VALUE);
    return new Setting<>(name, "", "%d to %s, bytes".formatted(min, most), about, parse, min, null);
  }

  /** A number of milliseconds. */
  public static Setting<Duration> millis(
      String name, long fallback, long min, long max, String about) {
    return number(name, "" + fallback, min, max, "ms", about, Duration::ofMillis);
  }

  /** A number of seconds. */
  public static Setting<Duration> seconds(
      String name, long fallback, long min, long max, String about) {
    return number(name, "" + fallback, min, max, "s", about, Duration::ofSeconds);
  }

  private static <T> Setting<T> number(
      String name,
      String fallback,
      long min,
      long max,
      String unit,
      String about,
      LongFunction<T> of) {
    String allowed = "%d to %d".formatted(min, max) + (unit.isEmpty() ? "" : " " + unit);
    Function<String, T> parse = text -> of.apply(inRange(text, min, max));
    return new Setting<>(name, fallback, allowed, about, parse, of.apply(min), null);
  }

  private static long inRange(String text, long min, long max) {
    long value = Long.parseLong(text);
    if (value < min || value > max) {
      throw new IllegalArgumentException(text + " is not " + min + " to " + max);
    }
    return value;
  }

  /** True or false; false if it is not given. */
  public static Setting<Boolean> flag(String name, String about) {
    return new Setting<>(name, "false", "true or false", about, text -> yesOrNo(text), false, null);
  }

  private static boolean yesOrNo(String text) {
    return oneOf(List.of("true", "false"), text).equals("true");
  }

  /**
   * One of a few words.
   *
   * @param words the first holds if none is given
   * @param of what a word stands for
   */
  public static <T> Setting<T> choice(
      String name, List<String> words, String about, Function<String, T> of) {
    String first = words.get(0);
    String last = words.get(words.size() - 1);
    String allowed =
        words.size() == 1
            ? first
            : String.join(", ", words.subList(0, words.size() - 1)) + " or " + last;
    return new Setting<>(
        name, first, allowed, about, text -> of.apply(oneOf(words, text)), of.apply(first), null);
  }

  private static String oneOf(List<String> words, String text) {
    if (!words.contains(text)) {
      throw new IllegalArgumentException(text + " is none of " + words);
    }
    return text;
  }

  /**
   * A text.
   *
   * @param fallback may be a text that the pattern refuses: then a value has to be given
   * @param pattern regular expression that matches the whole of it
   * @param allowed the pattern in words, for help and errors
   */
  public static Setting<String> text(
      String name, String fallback, String pattern, String allowed, String about) {
    return new Setting<>(name, fallback, allowed, about, text -> matching(pattern, text), "", null);
  }

  private static String matching(String pattern, String text) {
    if (!text.matches(pattern)) {
      throw new IllegalArgumentException(text + " does not match " + pattern);
    }
    return text;
  }

  /**
   * What {@code parse} makes of a text.
   *
   * @param fallback a text that it takes
   * @param parse throws IllegalArgumentException if the text is not allowed
   */
  public static <T> Setting<T> parsed(
      String name, String fallback, String allowed, String about, Function<String, T> parse) {
    return new Setting<>(name, fallback, allowed, about, parse, parse.apply(fallback), null);
  }

  /** The same, but nobody is shown the value. */
  public Setting<T> secret() {
    return shownAs(value -> "(not shown)");
  }

  /**
   * The same, but only a part of the value is shown, and nothing if it is not allowed.
   *
   * @param part of the value that holds no secret
   */
  public Setting<T> shownAs(Function<T, String> part) {
    return new Setting<>(name, fallback, allowed, about, parse, standIn, part);
  }

  /** Of the environment variable. */
  public String name() {
    return name;
  }

  /** The command-line option: {@code LINGER_MS} is {@code --linger-ms}. */
  public String option() {
    return "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What holds if it isn't given, as text; empty if nothing does. */
  public String fallback() {
    return fallback;
  }

  /** Range and unit, or the choices, for help and errors. */
  public String allowed() {
    return allowed;
  }

  /** One sentence without a full stop. */
  public String about() {
    return about;
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException if it is not allowed
   */
  public T parse(String text) {
    return parse.apply(text);
  }

  /** An allowed value that stands in for one that is not, until all faults are reported. */
  T standIn() {
    return standIn;
  }

  /** How a value is shown; empty if as it was given. */
  Optional<Function<T, String>> shown() {
    return Optional.ofNullable(shown);
  }
}
