/**
 * Checks the body of a POST and finds the payloads' bytes in it, without copying them.
 *
 * <p>Stateless; called by {@code http} on its threads.
 */
@NullMarked
package io.millrace.web.parse;

import org.jspecify.annotations.NullMarked;
