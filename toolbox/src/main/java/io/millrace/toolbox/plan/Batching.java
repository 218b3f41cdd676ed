package io.millrace.toolbox.plan;

import io.millrace.codec.MessageCodec;

/**
 * How one web node packs what it gets: a batch opens with a collection and closes when LINGER_MS is
 * over or the next one doesn't fit.
 *
 * @param perSecond requests of the node
 * @param requestsPerMessage below 1 if a collection takes several messages
 * @param openSeconds from a batch's first collection to its end
 * @param messageBytes header and frame in base64
 * @param isFull whether size closes batches, and not the linger
 */
record Batching(
    double perSecond,
    double requestsPerMessage,
    double openSeconds,
    double messageBytes,
    boolean isFull) {

  /** The header line of a message, about. */
  static final int HEADER_BYTES = 200;

  /**
   * @param perSecond requests of the node, more than 0
   * @param lingerSeconds LINGER_MS
   * @param maxMessageBytes MAX_MESSAGE_BYTES
   */
  static Batching of(Workload load, double perSecond, double lingerSeconds, int maxMessageBytes) {
    double most = mostRequests(load, maxMessageBytes);
    double lingered = 1 + perSecond * lingerSeconds;
    boolean full = lingered >= most;
    double requests = full ? most : lingered;
    double bytes = HEADER_BYTES + requests * load.frameBytes() * 4 / 3;
    return new Batching(
        perSecond, requests, full ? requests / perSecond : lingerSeconds, bytes, full);
  }

  /** Collections whose lines surely fit a message; below 1 if one takes several messages. */
  static double mostRequests(Workload load, int maxMessageBytes) {
    double fitting = MessageCodec.maxUncompressedBytes(maxMessageBytes) / load.lineBytes();
    return fitting >= 1 ? Math.floor(fitting) : 1 / Math.ceil(1 / fitting);
  }

  double messagesPerSecond() {
    return perSecond / requestsPerMessage;
  }

  /** What SQS counts one send as. */
  double chunks() {
    return chunks(messageBytes);
  }

  /** What SQS counts a call with such a payload as. */
  static double chunks(double bytes) {
    return Math.max(1, Math.ceil(bytes / AwsLimits.SQS_CHUNK_BYTES));
  }
}
