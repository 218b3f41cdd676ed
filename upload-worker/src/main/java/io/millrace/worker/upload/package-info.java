/**
 * The store's side: writing closed rolls as objects, in one layout or the other.
 *
 * <p>Runs on the uploader threads; all of it is thread-safe. Neighbours: the rolls of {@code
 * process} before, S3 behind; {@code settle} deletes what is stored.
 */
@NullMarked
package io.millrace.worker.upload;

import org.jspecify.annotations.NullMarked;
