package io.millrace.toolbox.audit.look;

import org.jspecify.annotations.Nullable;

/**
 * Bytes in the bucket that are not what they should be.
 *
 * @param object the key
 * @param batch the batch that it is in; null if it is not one batch's
 * @param offset of the frame that it is in; 0 if it is the object as a whole
 * @param what is wrong
 */
public record Damage(String object, @Nullable String batch, long offset, String what) {
  /** Of an object as a whole. */
  static Damage whole(String object, String what) {
    return new Damage(object, null, 0, what);
  }

  @Override
  public String toString() {
    return batch == null
        ? object + ": " + what
        : object + ": batch " + batch + " at offset " + offset + ": " + what;
  }
}
