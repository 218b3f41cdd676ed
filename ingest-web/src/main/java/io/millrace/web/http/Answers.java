package io.millrace.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.javalin.http.Context;
import io.millrace.web.WebMetrics;

/**
 * Writes and counts the answers of the edge.
 *
 * <p>Thread-safe.
 */
final class Answers {
  private final WebMetrics metrics;
  private final RetryAfter retryAfter;

  Answers(WebMetrics metrics, RetryAfter retryAfter) {
    this.metrics = metrics;
    this.retryAfter = retryAfter;
  }

  /**
   * 202.
   *
   * @param receipt empty if there were no payloads
   * @param startedNanos when the request came, by {@code System.nanoTime()}
   */
  void accepted(Context ctx, int payloads, String receipt, long startedNanos) {
    String body =
        receipt.isEmpty()
            ? "{\"accepted\":0}"
            : "{\"accepted\":" + payloads + ",\"receipt\":\"" + receipt + "\"}";
    ctx.status(202).contentType("application/json").result(body.getBytes(ISO_8859_1));
    metrics.accepted(payloads, System.nanoTime() - startedNanos);
  }

  /**
   * A problem, with the headers that its type asks for.
   *
   * @return the answer's {@code instance}
   */
  String problem(Context ctx, ProblemType type, String detail) {
    switch (type) {
      case UNSUPPORTED_ENCODING -> ctx.header("Accept-Encoding", "gzip, zstd");
      case OVERLOADED, NOT_QUEUED -> ctx.header("Retry-After", retryAfter.untilDrained());
      case STOPPING -> ctx.header("Retry-After", RetryAfter.whileStopping());
      default -> {
        // No header beyond the common ones.
      }
    }
    if (type == ProblemType.STOPPING || type == ProblemType.REQUEST_TIMEOUT) {
      ctx.header("Connection", "close");
    }
    Problem problem = Problem.of(type, detail);
    ctx.status(type.status()).contentType(Problem.MEDIA_TYPE).result(problem.toJson());
    metrics.refused(type.slug());
    return problem.instance();
  }
}
