/**
 * What runs beside the shipped tiers, in processes of its own: the references.
 *
 * <p>Started through a hidden command of this module's command line.
 */
@NullMarked
package io.millrace.benchmark.serve;

import org.jspecify.annotations.NullMarked;
