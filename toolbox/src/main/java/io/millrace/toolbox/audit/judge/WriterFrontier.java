package io.millrace.toolbox.audit.judge;

/**
 * How far a writer is stored, for the watermark. Times in ms since the epoch; {@link #NEVER} where
 * there is nothing of that kind.
 *
 * @param newest when its last stored batch was opened; its start if none is stored
 * @param quiet whether its last number is a stored checkpoint: it had nothing more to send then
 * @param beforeOwed when the last stored batch before its first missing or unsettled number was
 *     opened
 * @param beforeOpen likewise, before its first open number
 */
record WriterFrontier(long newest, boolean quiet, long beforeOwed, long beforeOpen) {
  static final long NEVER = Long.MAX_VALUE;
}
