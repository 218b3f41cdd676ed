package io.millrace.simulation;

/** What must hold. */
enum Invariant {
  /** Every acknowledged batch is in an object at the end. */
  NOTHING_LOST,
  /** No batch is in two objects, acknowledged or not. */
  NOTHING_TWICE,
  /** A message is deleted when its batch is stored, or another queue has it. */
  DELETED_WHEN_SAFE,
  /** An object holds exactly the batches that its manifest names. */
  AS_ANNOUNCED,
  /** Every byte and every uploader that a worker took is given back. */
  ALL_RETURNED,
  /** All messages are gone in the end. */
  QUEUES_EMPTY,
  /** It comes to an end. */
  ENDS
}
