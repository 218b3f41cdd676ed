package io.millrace.web.batch;

/**
 * One moment by both clocks.
 *
 * @param epochMs by the wall clock, ms since the epoch
 * @param nanos by {@code System.nanoTime()}
 */
public record Arrival(long epochMs, long nanos) {}
