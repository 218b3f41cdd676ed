package io.millrace.toolbox.audit.say;

import io.millrace.toolbox.audit.judge.Outcome;
import io.millrace.toolbox.audit.judge.ReceiptTally;
import io.millrace.toolbox.audit.look.ReceiptBook;

/**
 * What became of what receipts name: payloads of the book = sum of the tally's outcomes.
 *
 * @param book the receipts
 * @param tally the outcomes of their payloads
 */
public record ReceiptReport(ReceiptBook book, ReceiptTally tally) {
  /** Payloads that prove a fault of the pipeline. */
  public long wrong() {
    long wrong = 0;
    for (Outcome outcome : Outcome.values()) {
      wrong += outcome.isWrong() ? tally.count(outcome) : 0;
    }
    return wrong;
  }
}
