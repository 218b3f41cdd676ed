package io.millrace.toolbox.plan;

/**
 * The way from the tiers' subnets to SQS, by which the same bytes cost nothing or the most of all.
 */
enum SqsPath {
  /** A VPC endpoint of SQS, one network interface in each zone. */
  ENDPOINT("SQS endpoint"),
  /** NAT gateways, one in each zone. */
  NAT("NAT gateway"),
  /** Public addresses of the instances: traffic with SQS in the same region costs nothing. */
  PUBLIC("");

  private final String line;

  SqsPath(String line) {
    this.line = line;
  }

  /** Its line in the bill; empty if it costs nothing. */
  String line() {
    return line;
  }
}
