package io.millrace.benchmark.report;

/**
 * What one request of a kind took, on average.
 *
 * @param kind its name
 * @param sentBytes of a request with its head
 * @param unpackedBytes of its body
 * @param requests answered, whatever the answer
 * @param statuses answers by status, as text
 * @param cost of one
 */
public record AbuseFigures(
    String kind, double sentBytes, long unpackedBytes, long requests, String statuses, Cost cost) {
  /**
   * What is counted.
   *
   * @param cpuMicros of web tier and worker
   * @param allocatedBytes of the web tier's heap
   * @param lineBytes of the lines, before they are compressed
   * @param messages that the queue took
   * @param billed sends as SQS bills them, each 64 KiB of one
   * @param puts objects, manifests and claims
   * @param logBytes of both tiers
   */
  public record Cost(
      double cpuMicros,
      double allocatedBytes,
      double lineBytes,
      double messages,
      double billed,
      double puts,
      double logBytes) {}
}
