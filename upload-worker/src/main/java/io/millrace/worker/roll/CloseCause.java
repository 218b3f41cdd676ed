package io.millrace.worker.roll;

/** Why a roll was closed; a tag of the metric that counts them. */
public enum CloseCause {
  /** Another batch would have passed ROLL_MAX_BYTES. */
  SIZE,
  /** It was open for ROLL_MAX_AGE_MS. */
  AGE,
  /** Open rolls together passed their limit, and it was the fullest. */
  OPEN_LIMIT,
  /** The process, or the whole fleet, held nearly as many messages as SQS gives out at once. */
  IN_FLIGHT,
  /** The worker stops. */
  STOP
}
