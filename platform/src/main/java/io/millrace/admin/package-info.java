/**
 * Health and metrics over HTTP, on a port of their own, alike in both tiers.
 *
 * <p>Served by a few threads of its own; cold.
 */
@NullMarked
package io.millrace.admin;

import org.jspecify.annotations.NullMarked;
