/**
 * Reads the dead-letter queue without changing it: queue, leases, letters.
 *
 * <p>Runs on the caller's thread. Neighbours: the seam to SQS; {@code redrive} and {@code audit}.
 */
@NullMarked
package io.millrace.toolbox.letters;

import org.jspecify.annotations.NullMarked;
