/**
 * What people run by hand: one command line with a subcommand for each tool.
 *
 * <p>Runs on the main thread; each subcommand says what threads it starts. Neighbours: the web
 * tier's HTTP edge, the bucket.
 */
@NullMarked
package io.millrace.toolbox;

import org.jspecify.annotations.NullMarked;
