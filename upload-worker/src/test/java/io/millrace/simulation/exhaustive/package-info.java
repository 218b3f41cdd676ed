/**
 * An exhaustive search beside the simulation: every interleaving of two or three deliveries of one
 * batch, with answers lost and PUTs that land late or never. Worlds are immutable records; {@code
 * SmallSteps} says what may happen next, {@code ExhaustiveSearch} visits all of it.
 */
@NullMarked
package io.millrace.simulation.exhaustive;

import org.jspecify.annotations.NullMarked;
