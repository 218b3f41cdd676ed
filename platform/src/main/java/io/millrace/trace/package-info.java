/**
 * The seam to OpenTelemetry: what is traced, and where the spans go.
 *
 * <p>All of it is thread-safe. The only place with OpenTelemetry's types; its SDK is loaded only if
 * traces are on. Known by every stage of both tiers; knows the settings, and Prometheus' view of a
 * span.
 */
@NullMarked
package io.millrace.trace;

import org.jspecify.annotations.NullMarked;
