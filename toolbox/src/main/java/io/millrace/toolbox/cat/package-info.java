/**
 * Prints the lines of the objects in a bucket or folder: keys, objects, lines, standard output.
 *
 * <p>Runs on the caller's thread. Neighbours: the object store; pipes to other tools.
 */
@NullMarked
package io.millrace.toolbox.cat;

import org.jspecify.annotations.NullMarked;
