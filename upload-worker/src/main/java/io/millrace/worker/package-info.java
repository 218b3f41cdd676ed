/**
 * The worker tier: takes batches from SQS, gathers them in rolls, writes these as objects to S3.
 *
 * <p>POLLERS threads before the queue of closed rolls, MAX_WORKERS uploaders behind it. Neighbours:
 * the stages {@code queue}, {@code process}, {@code object}, wired here; knows no web tier.
 */
@NullMarked
package io.millrace.worker;

import org.jspecify.annotations.NullMarked;
