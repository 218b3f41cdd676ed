package io.millrace.object;

import org.jspecify.annotations.Nullable;

/**
 * What every PUT asks for beside the object.
 *
 * @param acl a canned ACL; null for none, as buckets without ACLs ask for
 * @param encryption {@code AES256} or {@code aws:kms}; null for the bucket's default
 * @param kmsKey the key's id, alias or ARN with {@code aws:kms}; null for the account's own
 */
public record PutHeaders(
    @Nullable String acl, @Nullable String encryption, @Nullable String kmsKey) {
  /** Nothing. */
  public static final PutHeaders NONE = new PutHeaders(null, null, null);

  /** What {@link #of} takes as encryption. */
  public static final String ENCRYPTION_PATTERN =
      "none|AES256|aws:kms(:[A-Za-z0-9][A-Za-z0-9:/_-]{0,2047})?";

  private static final String NO_VALUE = "none";
  private static final String KMS = "aws:kms";

  /**
   * Of settings' texts.
   *
   * @param acl {@code none} for no header
   * @param encryption {@code none}, {@code AES256}, {@code aws:kms} or {@code aws:kms:KEY}
   */
  public static PutHeaders of(String acl, String encryption) {
    String noKey = encryption.startsWith(KMS) ? KMS : encryption;
    return new PutHeaders(
        acl.equals(NO_VALUE) ? null : acl,
        noKey.equals(NO_VALUE) ? null : noKey,
        encryption.startsWith(KMS + ":") ? encryption.substring(KMS.length() + 1) : null);
  }
}
