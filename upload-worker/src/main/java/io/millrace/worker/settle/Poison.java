package io.millrace.worker.settle;

import io.millrace.queue.ReceivedMessage;

/**
 * A message to be moved to the dead letters.
 *
 * @param message as received
 * @param kind counted and logged
 * @param reason told to the dead-letter queue only: it may quote the message
 */
public record Poison(ReceivedMessage message, PoisonKind kind, String reason) {}
