package io.millrace.toolbox.audit.say;

import io.millrace.toolbox.audit.judge.Watermark;
import io.millrace.toolbox.audit.judge.WriterReport;
import io.millrace.toolbox.audit.look.Findings;
import io.millrace.toolbox.audit.look.LettersSeen;
import io.millrace.toolbox.audit.look.QueueLooks;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * All that an audit found. Not changed any more.
 *
 * @param subject what was audited
 * @param at when the first look at the queue began
 * @param findings what was found beside batches
 * @param looks the queue's counts
 * @param letters the dead letters
 * @param lettersStored dead letters whose batch is stored as well
 * @param writers by their ids; none in layout {@code payload}
 * @param receipts null if none were given
 * @param watermark null in layout {@code payload}
 */
public record AuditReport(
    Subject subject,
    Instant at,
    Findings findings,
    QueueLooks looks,
    LettersSeen letters,
    long lettersStored,
    List<WriterReport> writers,
    @Nullable ReceiptReport receipts,
    @Nullable Watermark watermark) {

  /** The sum over all writers. */
  long sum(ToLongFunction<WriterReport> count) {
    return writers.stream().mapToLong(count).sum();
  }
}
