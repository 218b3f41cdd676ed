package io.millrace.toolbox.post;

import io.millrace.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code post}: makes the parts, runs a thread for each connection, closes the parts in
 * order. Used once; {@link #stop} and the getters may be called by any thread.
 */
final class PostRun {
  private static final long STOP_SECONDS = 5;
  private static final long JOIN_MS = 100;

  private final PostOptions options;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final InputFiles files;
  private final PostTally tally = new PostTally();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * Opens nothing yet.
   *
   * @param options without faults
   * @param random for the jitter of retries; thread-safe
   */
  PostRun(PostOptions options, Ticker ticker, RandomGenerator random, InputStream stdin) {
    this.options = options;
    this.ticker = ticker;
    this.random = random;
    files = new InputFiles(options.files, options.repeat, stdin);
  }

  /**
   * Sends everything and waits for the last answer, or until stopped.
   *
   * @throws IOException if the receipts' file can't be opened or written to its end
   */
  Summary run() throws IOException, InterruptedException {
    Pace pace = new Pace(ticker, options.rate.perSecond());
    CollectionSource source = new CollectionSource(files, options.collectionSize, pace);
    try (ReceiptFile receipts = openReceipts();
        files;
        Endpoint endpoint = endpoint()) {
      PostSender.Route route = route(source, endpoint, receipts);
      startSenders(route);
      awaitSenders(endpoint);
    }
    long elapsed = ticker.nanos() - pace.beginNanos();
    return new Summary(tally, source.handedOut(), Duration.ofNanos(elapsed), failure.get());
  }

  /** Ends the run: nothing new is sent, requests under way get 5 seconds more. Any thread. */
  void stop() {
    stopped.countDown();
    synchronized (threads) {
      threads.forEach(Thread::interrupt);
    }
  }

  /** The counts, live. */
  PostTally tally() {
    return tally;
  }

  /** The inputs, for how much of them is read. */
  InputFiles files() {
    return files;
  }

  private @Nullable ReceiptFile openReceipts() throws IOException {
    return options.receipts == null ? null : ReceiptFile.open(options.receipts, options.append);
  }

  private Endpoint endpoint() {
    AnswerReader answers = new AnswerReader(ticker, options.receipts != null);
    return new Endpoint(options.url, options.connections, options.timeout, options.gzip, answers);
  }

  private PostSender.Route route(
      CollectionSource source, Endpoint endpoint, @Nullable ReceiptFile receipts) {
    var retries = new Delivery.Retries(options.retryFor, Delivery.Retries.backoff(random));
    return new PostSender.Route(
        source,
        new Delivery(endpoint, retries, ticker, tally),
        options.gzip ? BodyCodec.GZIP : BodyCodec.IDENTITY,
        tally,
        ticker,
        options.keys ? UUID.randomUUID().toString() : null,
        receipts);
  }

  private void startSenders(PostSender.Route route) {
    synchronized (threads) {
      for (int i = 0; i < options.connections && stopped.getCount() > 0; i++) {
        CollectionBuffer buffer =
            new CollectionBuffer(options.version, options.token, options.collectionSize);
        Thread thread = new Thread(new PostSender(route, buffer, this::fail), "sender-" + i);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    }
  }

  private void fail(Exception reason) {
    failure.compareAndSet(null, reason);
    stop();
  }

  private void awaitSenders(Endpoint endpoint) throws InterruptedException {
    for (Thread thread : threads) {
      while (thread.isAlive() && stopped.getCount() > 0) {
        thread.join(JOIN_MS);
      }
    }
    if (stopped.getCount() == 0) {
      long deadline = ticker.nanos() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
      for (Thread thread : threads) {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - ticker.nanos()));
      }
      endpoint.cut();
    }
  }
}
