package io.millrace.toolbox.plan;

/**
 * The workers as they are to be run.
 *
 * @param pollers POLLERS of each
 * @param receiveSeconds until SQS answers a receive of 10 messages
 * @param visibilitySeconds VISIBILITY_TIMEOUT_SECONDS
 * @param queues that share the load
 * @param heapBytes of a process
 * @param rolls how objects are made
 */
record WorkerSetup(
    int pollers,
    double receiveSeconds,
    double visibilitySeconds,
    int queues,
    double heapBytes,
    RollSetup rolls) {
  /**
   * How objects are made.
   *
   * @param maxBytes ROLL_MAX_BYTES
   * @param maxAgeSeconds ROLL_MAX_AGE_MS
   * @param uploaders MAX_WORKERS
   * @param maxQueue MAX_QUEUE
   * @param putSeconds from a roll's close to its deletes: manifest, look at the claims, data
   * @param putTimeoutSeconds PUT_TIMEOUT_MS
   */
  record RollSetup(
      double maxBytes,
      double maxAgeSeconds,
      int uploaders,
      int maxQueue,
      double putSeconds,
      double putTimeoutSeconds) {}
}
