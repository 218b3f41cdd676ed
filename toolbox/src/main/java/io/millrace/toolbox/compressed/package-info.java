/**
 * Reading of zstd and gzip, concatenated frames and members included, down to the last byte, and of
 * the JSON of their lines.
 *
 * <p>Streams are one thread's own. Neighbours: the readers of post, cat, find, audit and redrive.
 */
@NullMarked
package io.millrace.toolbox.compressed;

import org.jspecify.annotations.NullMarked;
