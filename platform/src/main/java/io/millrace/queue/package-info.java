/**
 * The seam to SQS: {@link io.millrace.queue.MessageQueue} and its one real implementation.
 *
 * <p>All of it is thread-safe. The only place, beside {@code io.millrace.object}, with SDK types.
 */
@NullMarked
package io.millrace.queue;

import org.jspecify.annotations.NullMarked;
