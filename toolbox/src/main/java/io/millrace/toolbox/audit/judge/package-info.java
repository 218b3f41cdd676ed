/**
 * What follows from what was found: which of a writer's batch numbers are stored, double, in
 * flight, abandoned or missing, and which payloads of a receipt are proven.
 *
 * <p>Makes no call and starts no thread. {@link Facts}, which the threads of {@code look} fill, is
 * thread-safe and reads the machine's clock to refuse what lies in the future; the rest is pure.
 * Asked by {@code look} and {@code say}; knows neither.
 */
@NullMarked
package io.millrace.toolbox.audit.judge;

import org.jspecify.annotations.NullMarked;
