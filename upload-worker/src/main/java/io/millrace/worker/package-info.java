/**
 * The worker tier: takes batches from SQS, gathers them in rolls, writes these as objects to S3.
 *
 * <p>POLLERS threads before the queue of closed rolls, MAX_WORKERS uploaders behind it; checkers
 * beside them for what came more than once. Neighbours: the stages {@code receive}, {@code roll},
 * {@code suspect}, {@code upload}, and what these stand on, {@code settle}, {@code store} and
 * {@code exactlyonce}, wired here; knows no web tier.
 */
@NullMarked
package io.millrace.worker;

import org.jspecify.annotations.NullMarked;
