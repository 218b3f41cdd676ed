package io.millrace.object;

/** What the writer of an object knows afterwards. */
public sealed interface PutResult {
  /** The object lies there now, and it was this call that put it. */
  record Stored() implements PutResult {}

  /** Something lay there already, the store itself says; nothing was written by this call. */
  record AlreadyThere() implements PutResult {}

  /** Anything else, refusals too: it may be stored, now or later. The cause tells the status. */
  record Unknown(ObjectStoreException cause) implements PutResult {}
}
