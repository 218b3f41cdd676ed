package io.millrace.benchmark.body;

/** One collection, ready to be sent. Its bytes are not copied, and not to be changed. */
public final class CollectionBody {
  private final byte[] bytes;
  private final int payloads;

  /**
   * A collection.
   *
   * @param bytes as they go over the wire, encoded
   * @param payloads in it
   */
  public CollectionBody(byte[] bytes, int payloads) {
    this.bytes = bytes;
    this.payloads = payloads;
  }

  /** As they go over the wire. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many it holds. */
  public int payloads() {
    return payloads;
  }
}
