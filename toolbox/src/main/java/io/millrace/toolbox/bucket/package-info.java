/**
 * How commands look at a bucket: its name and layout, keys, reads that are tried again, manifests
 * that hold true.
 *
 * <p>Thread-safe but for listings, which one thread at a time asks. Neighbours: the commands; the
 * seam to S3.
 */
@NullMarked
package io.millrace.toolbox.bucket;

import org.jspecify.annotations.NullMarked;
