/**
 * From payloads to a message and back: NDJSON line, compressed frame, message body.
 *
 * <p>Encoders are one thread's own; decoding is stateless. Neighbours: packer and sender of the web
 * tier, poller of the worker.
 */
@NullMarked
package io.millrace.codec;

import org.jspecify.annotations.NullMarked;
