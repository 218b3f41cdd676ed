package io.millrace.toolbox.audit.judge;

import org.jspecify.annotations.Nullable;

/** What became of each payload of a receipt's part so far. Thread-safe. */
public final class PartStates {
  private final ReceiptPart part;
  private final @Nullable Outcome[] outcomes;

  public PartStates(ReceiptPart part) {
    this.part = part;
    this.outcomes = new @Nullable Outcome[part.count()];
  }

  /** The part. */
  public ReceiptPart part() {
    return part;
  }

  /**
   * An object of a payload was found; it counts as not read until it is compared.
   *
   * @param number one that the part holds
   * @return whether it is the first
   */
  public synchronized boolean found(int number) {
    int at = number - part.first();
    boolean first = outcomes[at] == null;
    outcomes[at] = first ? Outcome.UNREAD : Outcome.DOUBLE;
    return first;
  }

  /** The first object's hash is known; returns what that means, unless there is a second one. */
  public synchronized Outcome compared(int number, byte[] hash) {
    int at = number - part.first();
    if (outcomes[at] == Outcome.DOUBLE) {
      return Outcome.DOUBLE;
    }
    Outcome outcome = part.matches(number, hash) ? Outcome.PROVEN : Outcome.DIFFERENT;
    outcomes[at] = outcome;
    return outcome;
  }

  /** What became of a payload; null if it was not found. */
  public synchronized @Nullable Outcome outcome(int number) {
    return outcomes[number - part.first()];
  }
}
