package io.millrace.web.http;

import java.time.Duration;

/**
 * What the edge refuses.
 *
 * @param maxBodyBytes of a body, sent or unpacked
 * @param maxPayloads in a collection
 * @param maxLineBytes of one payload's line that fits a message
 * @param bodyTimeout for a body to come
 * @param maxConnections open at once, at least 1
 */
public record EdgeLimits(
    int maxBodyBytes,
    int maxPayloads,
    int maxLineBytes,
    Duration bodyTimeout,
    int maxConnections) {}
