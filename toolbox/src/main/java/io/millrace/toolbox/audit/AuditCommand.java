package io.millrace.toolbox.audit;

import io.millrace.config.ConfigurationException;
import io.millrace.config.ServiceAccess;
import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutHeaders;
import io.millrace.object.S3ObjectStore;
import io.millrace.queue.SqsMessageQueue;
import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import io.millrace.toolbox.audit.judge.Scope;
import io.millrace.toolbox.audit.look.Bucket;
import io.millrace.toolbox.audit.look.Progress;
import io.millrace.toolbox.audit.look.QueueWatch;
import io.millrace.toolbox.audit.look.ReceiptBook;
import io.millrace.toolbox.audit.say.AuditJson;
import io.millrace.toolbox.audit.say.AuditReport;
import io.millrace.toolbox.audit.say.AuditText;
import io.millrace.toolbox.audit.say.Subject;
import io.millrace.toolbox.audit.say.Verdict;
import io.millrace.toolbox.bucket.BucketLayout;
import io.millrace.toolbox.bucket.Parallel;
import io.millrace.toolbox.bucket.Reads;
import io.millrace.toolbox.hours.HourRange;
import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit}: proves what is stored, or names what is not. */
@Command(
    name = "audit",
    description = "Proves that everything acknowledged is stored once, or names what is not.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Times are UTC: 2026-11-23, 2026-11-23T05 or 2026-11-23T05:30:00Z; whole hours",
      "are judged.",
      "AWS settings are the SDK's: AWS_REGION, AWS_ENDPOINT_URL_S3,",
      "AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL and its chain of credentials. What each",
      "word means: docs/audit.md.",
      "Exit codes: 0 all is stored once, 1 something is missing, double or damaged, 2",
      "unsettled, open, dead-lettered or it could not look; also wrong usage."
    })
public final class AuditCommand implements Callable<Integer> {
  private static final int COULD_NOT_LOOK = 2;
  private static final Duration RETRY = Duration.ofMillis(200);
  private static final Duration MAX_RETRY = Duration.ofSeconds(2);

  @Mixin private final AuditOptions options = new AuditOptions();
  @Spec private @Nullable CommandSpec spec;

  private final Map<String, String> environment;

  /**
   * @param environment where BUCKET, KEY_PREFIX, QUEUE_NAME, OBJECT_LAYOUT and S3's endpoint may be
   *     named
   */
  public AuditCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    Subject subject = subject(command);
    List<String> faults = options.faults(subject.layout());
    if (!faults.isEmpty()) {
      throw new ParameterException(command.commandLine(), String.join("\n", faults));
    }
    PrintWriter err = command.commandLine().getErr();
    try {
      return print(audit(subject, err), command.commandLine().getOut());
    } catch (IOException | ObjectStoreException | ConfigurationException failed) {
      err.println("could not look: " + failed.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      err.println("could not look: interrupted");
    } catch (RuntimeException | Error unexpected) { // else it exits 1: something is missing
      err.print("could not look: ");
      unexpected.printStackTrace(err);
    }
    return COULD_NOT_LOOK;
  }

  /** Returns the exit code. */
  private int print(AuditReport report, PrintWriter out) {
    Verdict verdict = Verdict.of(report);
    if (options.json) {
      out.println(AuditJson.of(report, verdict));
      out.flush();
    } else {
      new AuditText(out).print(report, verdict, options.watermark);
    }
    return verdict.exitCode();
  }

  private AuditReport audit(Subject subject, PrintWriter err)
      throws IOException, InterruptedException {
    ReceiptBook book = options.receipts.isEmpty() ? null : new ReceiptBook(subject.scope());
    ServiceAccess access = ServiceAccess.bySdk(environment);
    String queue = setting(options.queueName, "QUEUE_NAME", "millrace");
    Ticker ticker = Ticker.system();
    try (Progress progress = Progress.start(err, Terminal.isStderr());
        S3ObjectStore store =
            S3ObjectStore.open(access, subject.bucket(), PutHeaders.NONE, options.threads);
        QueueWatch watch =
            new QueueWatch(
                () -> SqsMessageQueue.open(access, queue, 1),
                () -> DeadLetterQueue.open(access, queue),
                ticker)) {
      if (book != null) {
        read(book, progress);
      }
      Backoff backoff = new Backoff(RETRY, MAX_RETRY, new Random());
      Bucket bucket =
          new Bucket(new Reads(store, backoff, ticker), new ObjectKeys(subject.prefix()));
      Parallel parallel = new Parallel(options.threads);
      AuditRun run = new AuditRun(subject, bucket, watch, parallel, progress);
      return run.run(book, options.deep, options.grace);
    }
  }

  private void read(ReceiptBook book, Progress progress) throws IOException {
    progress.begin("files of receipts read", options.receipts.size());
    for (Path file : options.receipts) {
      book.read(file);
      progress.done();
    }
  }

  private Subject subject(CommandSpec command) {
    String bucket = setting(options.bucket, "BUCKET", "");
    String prefix = setting(options.prefix, "KEY_PREFIX", "");
    if (bucket.isEmpty()) {
      throw new ParameterException(command.commandLine(), "name a bucket by --bucket");
    }
    try {
      String checked = new ObjectKeys(prefix).prefix();
      Scope scope = new Scope(new HourRange(options.from, options.to), options.writer);
      return new Subject(bucket, checked, BucketLayout.of(options.layout, environment), scope);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private String setting(@Nullable String given, String name, String fallback) {
    return given == null ? environment.getOrDefault(name, fallback) : given;
  }
}
