/**
 * How a process runs: the threads of its stages, what ends them, and how it ends.
 *
 * <p>Thread-safe. Known by both tiers and by their command line; knows of pace alone.
 */
@NullMarked
package io.millrace.run;

import org.jspecify.annotations.NullMarked;
