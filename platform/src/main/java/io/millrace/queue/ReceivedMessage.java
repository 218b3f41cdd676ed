package io.millrace.queue;

import java.util.Map;

/**
 * One delivery of a message.
 *
 * @param messageId the queue's name for the message, the same at every delivery
 * @param receiptHandle names this delivery in delete and visibility calls
 * @param body as sent
 * @param receiveCount how often it was received, this time included; from 1
 * @param sentMs when it was sent, ms since the epoch by the queue's clock
 * @param attributes string attributes as sent, and the text of numbers; binary ones, which only
 *     another program can have sent, are left out
 */
public record ReceivedMessage(
    String messageId,
    String receiptHandle,
    String body,
    int receiveCount,
    long sentMs,
    Map<String, String> attributes) {}
