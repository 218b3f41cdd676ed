package io.millrace.web.http;

import io.millrace.admin.Health;
import io.millrace.time.Ticker;
import io.millrace.trace.Tracing;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.ByteBudget;
import io.millrace.web.batch.DrainRate;
import io.millrace.web.http.answer.EdgeMetrics;

/**
 * What the edge works with; each part is thread-safe.
 *
 * @param batches takes the collections
 * @param budget bounds their bytes
 * @param drainRate how fast those leave
 * @param health what the readiness probe tells
 * @param metrics counts
 * @param tracing makes the spans of requests
 * @param ticker the time now
 */
public record EdgeParts(
    BatchQueue batches,
    ByteBudget budget,
    DrainRate drainRate,
    Health health,
    EdgeMetrics metrics,
    Tracing tracing,
    Ticker ticker) {}
