/**
 * Suspects: batches that came more than once, or may have. Each is claimed, then looked for in the
 * hour's manifests; what is stored already is deleted from the queue, the rest goes into rolls.
 *
 * <p>Runs on the checker threads; all of it is thread-safe. Neighbours: the pollers of {@code
 * receive} before, the rolls of {@code roll} behind; decides by the rules of {@code exactlyonce}.
 */
@NullMarked
package io.millrace.worker.suspect;

import org.jspecify.annotations.NullMarked;
