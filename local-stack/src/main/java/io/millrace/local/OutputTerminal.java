package io.millrace.local;

import java.io.Console;
import java.util.Map;

/** Whether a person looks at what is printed. NO_COLOR is no part of it: nothing has colours. */
final class OutputTerminal {
  private OutputTerminal() {}

  /**
   * Whether standard output is a terminal that can rewrite a line.
   *
   * @param environment with TERM
   */
  @SuppressWarnings("SystemConsoleNull") // isReal looks at what later versions give
  static boolean isThere(Map<String, String> environment) {
    Console console = System.console();
    return console != null && isReal(console) && !"dumb".equals(environment.get("TERM"));
  }

  /** From Java 22 on there may be a console that is no terminal; only it can tell. */
  private static boolean isReal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
