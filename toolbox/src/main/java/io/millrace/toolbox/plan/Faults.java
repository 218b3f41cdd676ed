package io.millrace.toolbox.plan;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with the options, each with the value given. One thread's own. */
final class Faults {
  private final List<String> found = new ArrayList<>();

  void require(boolean holds, String rule, Object given) {
    if (!holds) {
      found.add(rule + ": " + given);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  @Override
  public String toString() {
    return String.join("\n", found);
  }
}
