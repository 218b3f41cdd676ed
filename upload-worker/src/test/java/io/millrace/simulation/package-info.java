/**
 * A deterministic simulation of queue, store, web tiers and workers, in which {@link
 * io.millrace.worker.exactlyonce.StoreOnceRules} decides and everything fails that may fail. One
 * seed decides a run; simulated time; one thread. Each call is one step; a process may crash or
 * pause between any two, and what it had begun may still take effect.
 *
 * <p>{@code Simulation} wires a run, {@code Invariants} says what must hold, {@code RulesUnderTest}
 * switches off one rule at a time to prove that the runs would find it missing.
 */
@NullMarked
package io.millrace.simulation;

import org.jspecify.annotations.NullMarked;
