/**
 * What a command has to do with who started it: Ctrl-C, and whether somebody watches.
 *
 * <p>The signal's thread is the JVM's. Neighbours: the commands.
 */
@NullMarked
package io.millrace.toolbox.terminal;

import org.jspecify.annotations.NullMarked;
