/**
 * What the audit reads: bucket, queue, receipts, and the lines of objects where it has to.
 *
 * <p>Reads alone, on several threads, and writes what it found into the facts of {@code judge};
 * knows nothing of how results are said.
 */
@NullMarked
package io.millrace.toolbox.audit.look;

import org.jspecify.annotations.NullMarked;
