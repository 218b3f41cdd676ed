/**
 * From a receipt to the lines: manifests, object, frame.
 *
 * <p>The main thread, and a bounded pool that reads manifests. Neighbours: the bucket.
 */
@NullMarked
package io.millrace.toolbox.find;

import org.jspecify.annotations.NullMarked;
