/**
 * Settings of a process: what may be set, reading and checking it, the command line around it.
 *
 * <p>Immutable once read. Only {@code main} looks at the environment and hands it on as a map.
 */
@NullMarked
package io.millrace.config;

import org.jspecify.annotations.NullMarked;
