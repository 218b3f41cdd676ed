package io.millrace.simulation;

import java.util.function.Supplier;

/** What everyone in a run shares. */
record World(
    Scenario scenario,
    Scheduler scheduler,
    Chance chance,
    Faults faults,
    RulesUnderTest rules,
    History history) {

  void note(String who, Supplier<String> what) {
    history.note(scheduler.nowMs() - scenario.startMs(), who, what);
  }

  boolean strikes(Fault fault) {
    return faults.strikes(fault);
  }

  /** When what is called now takes effect, if the service isn't slow. */
  long briefly() {
    return chance.briefly();
  }
}
