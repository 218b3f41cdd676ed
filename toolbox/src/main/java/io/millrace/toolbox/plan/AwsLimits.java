package io.millrace.toolbox.plan;

/** What AWS allows and how it counts, as its documentation says on 2026-11-23. */
final class AwsLimits {
  /** Each part of a call's payload of this size is one request on the bill of SQS. */
  static final int SQS_CHUNK_BYTES = 64 << 10;

  /** Messages of a standard queue received and not yet deleted; past it receives bring nothing. */
  static final int SQS_IN_FLIGHT = 120_000;

  /** The largest message. */
  static final int SQS_MESSAGE_BYTES = 1 << 20;

  /** PUT, COPY, POST and DELETE calls on one prefix of a bucket, each second. */
  static final int S3_WRITES_PER_SECOND = 3_500;

  /** Seconds in the month that bills are counted with, 730 h. */
  static final double MONTH_SECONDS = 730 * 3600.0;

  private AwsLimits() {}
}
