package io.millrace.benchmark.report;

import io.millrace.benchmark.process.Metrics;
import io.millrace.toolbox.plan.Prices;
import java.util.Optional;

/**
 * What queue and store were asked for in the measured time, as the tiers counted it.
 *
 * @param sqsCalls calls to SQS
 * @param sqsBilled requests that SQS bills: each 64 KiB of a call is one
 * @param sqsBytes message bodies, sent and received
 * @param s3Puts PUT and LIST requests
 * @param s3Gets GET and HEAD requests
 * @param s3Bytes of objects, written and read
 */
public record ServiceUse(
    double sqsCalls,
    double sqsBilled,
    double sqsBytes,
    double s3Puts,
    double s3Gets,
    double s3Bytes) {
  private static final String SQS_CALLS = "millrace_sqs_requests_total";
  private static final String S3_CALLS = "millrace_s3_requests_total";

  /** From the sum of all tiers' metrics; empty if they don't count their calls. */
  public static Optional<ServiceUse> of(Metrics metrics) {
    if (!metrics.has(SQS_CALLS) || !metrics.has(S3_CALLS)) {
      return Optional.empty();
    }
    return Optional.of(
        new ServiceUse(
            metrics.sum(SQS_CALLS),
            metrics.sum("millrace_sqs_billed_requests_total"),
            metrics.sum("millrace_sqs_message_bytes_total"),
            metrics.sum(S3_CALLS, "call=\"put\"") + metrics.sum(S3_CALLS, "call=\"list\""),
            metrics.sum(S3_CALLS, "call=\"get\"") + metrics.sum(S3_CALLS, "call=\"head\""),
            metrics.sum("millrace_s3_object_bytes_total")));
  }

  /**
   * SQS requests as billed × price + (PUT + LIST) × price + (GET + HEAD) × price; storage and
   * traffic are not in it.
   */
  public double dollars(Prices.Requests prices) {
    return sqsBilled * prices.sqsRequest() + s3Puts * prices.s3Write() + s3Gets * prices.s3Read();
  }

  /**
   * Dollars for a million of the requests that this use was for.
   *
   * @param requests of clients, more than 0
   */
  public double dollarsPerMillion(Prices.Requests prices, double requests) {
    return dollars(prices) * 1e6 / requests;
  }
}
