package io.millrace.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened in a run, a line each; kept only if someone will read it. */
final class History {
  private final boolean kept;
  private final List<String> lines = new ArrayList<>();

  History(boolean kept) {
    this.kept = kept;
  }

  void note(long ms, String who, Supplier<String> what) {
    if (kept) {
      lines.add("%,11d ms  %-9s %s".formatted(ms, who, what.get()));
    }
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
