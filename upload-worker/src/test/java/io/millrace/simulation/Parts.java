package io.millrace.simulation;

/** What the stages of one worker share. */
record Parts(World world, SimulatedProcess process, SimulatedStore store, Leases leases) {
  void note(String what) {
    world.note(process.name(), () -> what);
  }
}
