/**
 * Makes the SDK's clients of both services: where they are, how long a call may take.
 *
 * <p>Stateless. Known by {@code queue} and {@code object} alone.
 */
@NullMarked
package io.millrace.aws;

import org.jspecify.annotations.NullMarked;
