package io.millrace.toolbox.audit;

/**
 * What is audited.
 *
 * @param bucket its name
 * @param prefix what its keys begin with; empty or ending in /
 * @param layout how payloads lie in it
 * @param scope what is judged
 */
record Subject(String bucket, String prefix, Layout layout, Scope scope) {
  /** How payloads lie in the bucket. */
  enum Layout {
    /** One object for many batches, with a manifest. */
    ROLLED,
    /** One object for each payload. */
    PAYLOAD
  }
}
