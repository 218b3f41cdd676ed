/**
 * Proves what is stored, or names what is not: survey of the bucket, facts by writer, judgement,
 * proof of receipts, verdict.
 *
 * <p>Reads run on a bounded pool; what they find goes into {@link Facts}, which is thread-safe;
 * judging is pure and runs on the caller's thread. Neighbours: the bucket, the queue, the dead
 * letters.
 */
@NullMarked
package io.millrace.toolbox.audit;

import org.jspecify.annotations.NullMarked;
