/**
 * The hot pieces of both tiers one by one, by JMH: time and bytes allocated for a collection.
 *
 * <p>Each is called as its tier calls it, through its public entry, on the collections of {@code
 * body}. One thread, no services.
 */
@NullMarked
package io.millrace.benchmark.jmh;

import org.jspecify.annotations.NullMarked;
