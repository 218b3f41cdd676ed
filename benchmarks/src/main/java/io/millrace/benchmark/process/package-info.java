/**
 * The parts of a run as processes of their own, and what the operating system tells of them.
 *
 * <p>No threads. Neighbours: {@code scenario} starts and stops them.
 */
@NullMarked
package io.millrace.benchmark.process;

import org.jspecify.annotations.NullMarked;
