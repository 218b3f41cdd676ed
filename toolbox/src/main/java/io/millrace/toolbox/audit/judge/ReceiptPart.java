package io.millrace.toolbox.audit.judge;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A part of a receipt: consecutive payloads of one batch, with their hashes. A million of them may
 * be held. Immutable.
 */
public final class ReceiptPart {
  /** Bytes of a SHA-256. */
  public static final int HASH_BYTES = 32;

  private final int first;
  private final byte[] hashes;

  /**
   * @param first number of the first payload in the batch
   * @param hashes of the payloads, one behind the other; not to be changed
   */
  public ReceiptPart(int first, byte[] hashes) {
    this.first = first;
    this.hashes = hashes;
  }

  /** Number of the first payload in the batch. */
  public int first() {
    return first;
  }

  /** How many payloads. */
  public int count() {
    return hashes.length / HASH_BYTES;
  }

  /** Whether it speaks of a batch's payload of that number. */
  public boolean holds(int number) {
    return number >= first && number < first + count();
  }

  /** Whether the hash of a payload that it speaks of is the one given. */
  boolean matches(int number, byte[] hash) {
    int at = (number - first) * HASH_BYTES;
    return Arrays.equals(hashes, at, at + HASH_BYTES, hash, 0, HASH_BYTES);
  }

  /** A digest as the receipts have it. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
