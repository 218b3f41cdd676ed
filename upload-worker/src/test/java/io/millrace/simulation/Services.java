package io.millrace.simulation;

/** What the processes call. */
record Services(SimulatedQueue queue, SimulatedQueue deadLetters, SimulatedStore store) {}
