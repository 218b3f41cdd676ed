package io.millrace.simulation;

import org.junit.jupiter.api.Test;

class SimulationTest {
  @Test
  void run_anySeed_isGood() {
    long n = Long.getLong("simulation.seeds", 2000);
    long t = System.nanoTime();
    java.util.Map<Object, Integer> seen =
        new java.util.TreeMap<>(java.util.Comparator.comparing(Object::toString));
    int bad = 0;
    for (long seed = 0; seed < n; seed++) {
      Simulation.Outcome o = Simulation.run(seed, null, Scenario::any, false);
      if (!o.isGood()) {
        if (bad++ < 20) System.out.println(seed + " " + o.violation().getMessage());
      }
      o.world().faults().struck().forEach(f -> seen.merge(f, 1, Integer::sum));
      o.world().rules().taken().forEach(f -> seen.merge(f.getSimpleName(), 1, Integer::sum));
    }
    System.out.println("bad " + bad + " ms " + (System.nanoTime() - t) / 1000000 + " " + seen);
    if (Long.getLong("simulation.seed") != null) {
      System.out.println(
          Simulation.run(Long.getLong("simulation.seed"), null, Scenario::any, true)
              .world()
              .history());
    }
  }
}
