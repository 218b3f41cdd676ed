/**
 * A request's body: reading it as it comes, its share of the node's memory, decompression, and what
 * is read over after a refusal.
 *
 * <p>A body is one exchange's own; reservations are thread-safe. Neighbours: {@code http} reads
 * bodies by it, {@code answer} has the problems that end one; knows no exchange.
 */
@NullMarked
package io.millrace.web.http.body;

import org.jspecify.annotations.NullMarked;
