package io.millrace.worker.object;

/** What to do next to get a roll stored, as {@link WriteRules} decides. */
sealed interface WriteStep {
  /**
   * Announce the object: put its manifest.
   *
   * @param failures of this step in a row; after one, wait before the call
   */
  record PutManifest(int failures) implements WriteStep {}

  /**
   * Put the data, always the same bytes at the key of the manifest.
   *
   * @param failures of this step in a row; after one, wait before the call
   */
  record PutData(int failures) implements WriteStep {}

  /**
   * Something lies at the data key: look what.
   *
   * @param failures of this step in a row; after one, wait before the call
   */
  record Look(int failures) implements WriteStep {}

  /** Fenced: this key can never hold the roll. Start again with a new one. */
  record TakeNewKey() implements WriteStep {}

  /** The roll is known to be stored. */
  record Stored() implements WriteStep {}

  /** Failures of this step in a row; 0 if it is due at once. */
  default int failuresBefore() {
    if (this instanceof PutManifest put) {
      return put.failures;
    }
    if (this instanceof PutData put) {
      return put.failures;
    }
    return this instanceof Look look ? look.failures : 0;
  }
}
