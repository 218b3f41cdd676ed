/**
 * Ranges of hours as people give them to a command.
 *
 * <p>No threads; all of it is immutable. Neighbours: the commands that read the bucket.
 */
@NullMarked
package io.millrace.toolbox.hours;

import org.jspecify.annotations.NullMarked;
