/**
 * The audit's result as records, sentences, JSON and the exit status.
 *
 * <p>Immutable. Stands on {@code look} and {@code judge}.
 */
@NullMarked
package io.millrace.toolbox.audit.say;

import org.jspecify.annotations.NullMarked;
