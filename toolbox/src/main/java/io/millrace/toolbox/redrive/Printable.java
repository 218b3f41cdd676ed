package io.millrace.toolbox.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.toolbox.letters.Letter;
import java.time.Duration;

/** How letters are told on a terminal. Stateless and thread-safe. */
final class Printable {
  private static final int MAX_CHARACTERS = 300;

  private Printable() {}

  /** A text that another hand wrote, without what a terminal might take as a command. */
  static String of(String text) {
    String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
    return ascii.length() <= MAX_CHARACTERS ? ascii : ascii.substring(0, MAX_CHARACTERS) + "...";
  }

  /** Length of a letter's body as the queue counts it. */
  static int bytes(Letter letter) {
    return letter.message().body().getBytes(UTF_8).length;
  }

  /** The two largest units of an age, such as {@code 2d 3h}. */
  static String age(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + "d " + age.toHoursPart() + "h";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h " + age.toMinutesPart() + "m";
    }
    return age.toMinutes() > 0
        ? age.toMinutes() + "m " + age.toSecondsPart() + "s"
        : Math.max(0, age.toSeconds()) + "s";
  }
}
