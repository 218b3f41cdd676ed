/**
 * The seam to OpenTelemetry: what is traced, and where the spans go.
 *
 * <p>All of it is thread-safe. The only place with OpenTelemetry's types; loaded only if traces are
 * on. Known by every stage of both tiers; knows the settings alone.
 */
@NullMarked
package io.millrace.trace;

import org.jspecify.annotations.NullMarked;
