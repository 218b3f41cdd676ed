package io.millrace.toolbox.audit;

import io.millrace.toolbox.audit.judge.AbsenceRule;
import io.millrace.toolbox.audit.judge.Facts;
import io.millrace.toolbox.audit.judge.Judgement;
import io.millrace.toolbox.audit.judge.Sighting;
import io.millrace.toolbox.audit.judge.Watermark;
import io.millrace.toolbox.audit.judge.WriterFacts;
import io.millrace.toolbox.audit.judge.WriterReport;
import io.millrace.toolbox.audit.look.Bucket;
import io.millrace.toolbox.audit.look.Damage;
import io.millrace.toolbox.audit.look.Findings;
import io.millrace.toolbox.audit.look.LettersSeen;
import io.millrace.toolbox.audit.look.PayloadProof;
import io.millrace.toolbox.audit.look.Progress;
import io.millrace.toolbox.audit.look.QueueLooks;
import io.millrace.toolbox.audit.look.QueueWatch;
import io.millrace.toolbox.audit.look.ReceiptBook;
import io.millrace.toolbox.audit.look.RolledProof;
import io.millrace.toolbox.audit.look.Survey;
import io.millrace.toolbox.audit.say.AuditReport;
import io.millrace.toolbox.audit.say.ReceiptReport;
import io.millrace.toolbox.audit.say.Subject;
import io.millrace.toolbox.bucket.BucketLayout;
import io.millrace.toolbox.bucket.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One audit, in an order that makes it sound while the pipeline runs:
 *
 * <ol>
 *   <li>The receipts are in memory, and the keys of the manifests are listed: what these tell was
 *       on the queue before the next step.
 *   <li>The queue is looked at. If it counts 0, whatever had been on it before has left it, and a
 *       message leaves the queue only after its batch is stored or is a dead letter.
 *   <li>The dead letters are read, and the queue is looked at once more: letters that were sent
 *       back before they could be read are on it, or stored.
 *   <li>So the listing of data that begins now holds all of it, or the dead letters do. What is in
 *       neither is missing. Numbers that came to be known only now prove nothing: they may have
 *       been sent after the look, and stored after the listing. Nor do those that were dead letters
 *       before and are none now: they were sent back meanwhile.
 *   <li>The queue is looked at again, because its counts are approximate.
 * </ol>
 *
 * <p>Used once, by one thread, which starts those of {@link Parallel}.
 */
final class AuditRun {
  private final Subject subject;
  private final Bucket bucket;
  private final QueueWatch watch;
  private final Parallel parallel;
  private final Progress progress;
  private final Findings findings = new Findings();
  private final Facts facts;

  /**
   * @param watch not closed here
   */
  AuditRun(Subject subject, Bucket bucket, QueueWatch watch, Parallel parallel, Progress progress) {
    this.subject = subject;
    this.bucket = bucket;
    this.watch = watch;
    this.parallel = parallel;
    this.progress = progress;
    this.facts = new Facts(subject.scope());
  }

  /**
   * Audits the subject in its layout.
   *
   * @param book null if there are no receipts
   * @param deep whether each object is read to its last byte; for layout {@code rolled}
   * @param grace of the watermark
   */
  AuditReport run(@Nullable ReceiptBook book, boolean deep, Duration grace)
      throws InterruptedException {
    return subject.layout() == BucketLayout.ROLLED ? rolled(book, deep, grace) : payload(book);
  }

  private AuditReport rolled(@Nullable ReceiptBook book, boolean deep, Duration grace)
      throws InterruptedException {
    if (book != null) {
      book.parts().keySet().forEach(facts::acknowledged);
    }
    Set<String> early = bucket.manifests(subject.scope().hoursRead(), progress, tooLarge -> {});
    LettersSeen earlier = watch.lookBefore(progress);
    earlier.headers().forEach(facts::earlierLetter);
    new Survey(bucket, subject.scope(), facts, findings, deep).read(early, parallel, progress);
    LettersSeen letters = watch.readLetters(progress);
    letters.headers().forEach(facts::letter);
    QueueLooks looks = watch.lookAfter(progress);
    AbsenceRule absence = absence(looks, earlier, letters);
    List<WriterReport> writers = judge(absence.settled());
    return new AuditReport(
        subject,
        watch.lookedAt(),
        findings,
        looks,
        letters,
        letters.headers().keySet().stream().filter(facts::isStored).count(),
        writers,
        book == null ? null : prove(book, absence),
        Watermark.of(writers, looks.empty(), watch.lookedAt(), grace));
  }

  private ReceiptReport prove(ReceiptBook book, AbsenceRule absence) throws InterruptedException {
    RolledProof proof = new RolledProof(bucket.reads(), findings);
    return new ReceiptReport(book, proof.run(book.parts(), facts, absence, parallel, progress));
  }

  private List<WriterReport> judge(boolean settled) {
    List<WriterReport> writers = new ArrayList<>();
    for (WriterFacts writer : facts.writers()) {
      writer.unlike().stream()
          .map(place -> unlike(writer.writer(), place))
          .forEach(findings::damaged);
      WriterReport report = Judgement.judge(writer, subject.scope(), settled);
      if (report != null) {
        writers.add(report);
      }
    }
    return writers;
  }

  private static Damage unlike(String writer, Sighting place) {
    String crc = "%08x".formatted(place.crc32c());
    return new Damage(
        place.object(),
        writer + "-" + place.seq(),
        place.offset(),
        "crc32c " + crc + ", another manifest names this batch with another: one is forged");
  }

  /** Of this layout receipts alone can tell anything. */
  private AuditReport payload(@Nullable ReceiptBook book) throws InterruptedException {
    LettersSeen earlier = watch.lookBefore(progress);
    PayloadProof proof = null;
    if (book != null) {
      proof = new PayloadProof(bucket, findings, book.parts());
      proof.read(parallel, progress);
    }
    LettersSeen letters = watch.readLetters(progress);
    QueueLooks looks = watch.lookAfter(progress);
    ReceiptReport receipts = null;
    if (book != null && proof != null) {
      receipts = new ReceiptReport(book, proof.tell(absence(looks, earlier, letters)));
    }
    return new AuditReport(
        subject, watch.lookedAt(), findings, looks, letters, 0, List.of(), receipts, null);
  }

  private AbsenceRule absence(QueueLooks looks, LettersSeen earlier, LettersSeen letters) {
    boolean allRead = earlier.complete() && letters.complete() && findings.unread().isEmpty();
    return new AbsenceRule(
        letters.headers().keySet(), earlier.headers().keySet(), looks.empty() && allRead);
  }
}
