package io.millrace.config;

import java.util.Locale;

/**
 * One setting of a process: an environment variable that is a command-line option too.
 *
 * @param name of the environment variable, ending in its unit if it has one
 * @param fallback what holds if it isn't given, as text; empty if none does
 * @param allowed range and unit, or the choices, for help and errors
 * @param about one sentence without a full stop
 */
public record Setting(String name, String fallback, String allowed, String about) {

  /** The command-line option: {@code LINGER_MS} is {@code --linger-ms}. */
  public String option() {
    return "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
