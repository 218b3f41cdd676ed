/**
 * Reading of zstd and gzip, concatenated frames and members included, down to the last byte.
 *
 * <p>Streams are one thread's own. Neighbours: the readers of post and cat.
 */
@NullMarked
package io.millrace.toolbox.compressed;

import org.jspecify.annotations.NullMarked;
