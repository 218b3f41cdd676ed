/**
 * Packs the payloads of many collections into batches, within one budget of bytes.
 *
 * <p>The hand-over between threads: {@code http} adds, {@code send} takes.
 */
@NullMarked
package io.millrace.web.batch;

import org.jspecify.annotations.NullMarked;
