/**
 * Different, realistic collections: made from a seed, or cut from files of events.
 *
 * <p>No threads. Neighbours: {@code load} makes requests of them.
 */
@NullMarked
package io.millrace.benchmark.body;

import org.jspecify.annotations.NullMarked;
