/**
 * A container's health check: a process of its own, run every few seconds beside the tier's. So it
 * knows nothing but the JDK, and of that as little as it can.
 */
@NullMarked
package io.millrace.health;

import org.jspecify.annotations.NullMarked;
