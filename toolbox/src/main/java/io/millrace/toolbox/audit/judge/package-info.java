/**
 * What follows from what was found: which of a writer's batch numbers are stored, double, in
 * flight, abandoned or missing, and which payloads of a receipt are proven.
 *
 * <p>Pure: no call, no clock, no thread. Asked by {@code look} and {@code say}; knows neither.
 */
@NullMarked
package io.millrace.toolbox.audit.judge;

import org.jspecify.annotations.NullMarked;
