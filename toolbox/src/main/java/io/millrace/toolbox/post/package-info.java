/**
 * Sends the lines of NDJSON files as collections: files, source, senders, endpoint, tally.
 *
 * <p>One thread per connection, nothing handed between them; the source is what they share.
 * Neighbours: the web tier's HTTP edge.
 */
@NullMarked
package io.millrace.toolbox.post;

import org.jspecify.annotations.NullMarked;
