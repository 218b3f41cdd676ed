/**
 * What ends a message: leases that keep it hidden, deleting it once it is stored, and the lane to
 * the dead-letter queue.
 *
 * <p>Thread-safe throughout. The ground floor: {@code receive}, {@code suspect}, {@code upload} and
 * {@code roll} use it; knows none of them.
 */
@NullMarked
package io.millrace.worker.settle;

import org.jspecify.annotations.NullMarked;
