/**
 * The seam to S3: {@link io.millrace.object.ObjectStore} and its one real implementation.
 *
 * <p>All of it is thread-safe. The only place, beside {@code io.millrace.queue}, with SDK types.
 */
@NullMarked
package io.millrace.object;

import org.jspecify.annotations.NullMarked;
