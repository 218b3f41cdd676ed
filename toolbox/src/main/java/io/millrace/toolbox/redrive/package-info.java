/**
 * The operator's hand on the dead letters: list, show, send back, drop.
 *
 * <p>Runs on the main thread; Ctrl-C ends it behind the letter it is at. Neighbours: {@code
 * letters}, and the main queue, which a letter reaches before it is deleted.
 */
@NullMarked
package io.millrace.toolbox.redrive;

import org.jspecify.annotations.NullMarked;
