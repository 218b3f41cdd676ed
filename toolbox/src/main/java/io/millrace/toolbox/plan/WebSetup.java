package io.millrace.toolbox.plan;

/**
 * The web tier as it is to be run.
 *
 * @param lingerSeconds LINGER_MS
 * @param maxBodyBytes MAX_BODY_BYTES
 * @param maxMessageBytes MAX_MESSAGE_BYTES
 * @param sendThreads SEND_THREADS
 * @param sendSeconds until SQS answers a send
 * @param heapBytes of a process; a quarter of it is MAX_IN_FLIGHT_BYTES
 */
record WebSetup(
    double lingerSeconds,
    int maxBodyBytes,
    int maxMessageBytes,
    int sendThreads,
    double sendSeconds,
    double heapBytes) {}
