/**
 * Plots of runs as SVG.
 *
 * <p>No threads. Neighbours: {@code scenario} gives the points.
 */
@NullMarked
package io.millrace.benchmark.plot;

import org.jspecify.annotations.NullMarked;
