/**
 * Encodes batches and sends them to SQS, each within its time, and tells the waiting collections.
 *
 * <p>Runs on SEND_THREADS threads of its own; takes from {@code batch}.
 */
@NullMarked
package io.millrace.web.send;

import org.jspecify.annotations.NullMarked;
