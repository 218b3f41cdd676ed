/**
 * The scenarios: which cases are measured, one after the other, and how one case is.
 *
 * <p>Runs on the main thread. Neighbours: all other packages of this module.
 */
@NullMarked
package io.millrace.benchmark.scenario;

import org.jspecify.annotations.NullMarked;
