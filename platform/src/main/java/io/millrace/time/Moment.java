package io.millrace.time;

/**
 * One reading of both clocks.
 *
 * @param nanos monotonic, of {@link System#nanoTime}; for ages and waits
 * @param epochMs ms since the epoch; for names and records
 */
public record Moment(long nanos, long epochMs) {}
