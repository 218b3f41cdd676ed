/**
 * What a client gets back: 202 with a receipt, or a problem (RFC 9457) with Retry-After where it
 * may come again.
 *
 * <p>Immutable or thread-safe throughout. Neighbours: {@code body} and {@code http} throw and write
 * its problems; knows neither.
 */
@NullMarked
package io.millrace.web.http.answer;

import org.jspecify.annotations.NullMarked;
