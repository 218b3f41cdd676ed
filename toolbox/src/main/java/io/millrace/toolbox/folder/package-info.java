/**
 * A folder in the place of a bucket.
 *
 * <p>No threads. Neighbours: the commands that read a bucket; the seam to S3.
 */
@NullMarked
package io.millrace.toolbox.folder;

import org.jspecify.annotations.NullMarked;
