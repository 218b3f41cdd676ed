package io.millrace.toolbox.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines that belong together.
 *
 * @param warnings where a limit binds, each with the setting that moves it
 */
record Section(String title, List<Figure> figures, List<String> warnings) {
  Section {
    figures = List.copyOf(figures);
    warnings = List.copyOf(warnings);
  }

  /** Gathers a section. One thread's own. */
  static final class Builder {
    private final String title;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Builder(String title) {
      this.title = title;
    }

    /** Adds a line; {@code formula} has {@code %s} in the places of the inputs. */
    Builder line(String name, double value, String unit, String formula, double... inputs) {
      figures.add(new Figure(name, value, unit, Amounts.fill(formula, inputs)));
      return this;
    }

    /** Adds a warning if something binds. */
    Builder warnIf(boolean binds, String text, double... inputs) {
      if (binds) {
        warnings.add(Amounts.fill(text, inputs));
      }
      return this;
    }

    Section build() {
      return new Section(title, figures, warnings);
    }
  }
}
