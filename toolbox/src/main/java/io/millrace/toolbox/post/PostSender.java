package io.millrace.toolbox.post;

import io.millrace.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection's loop: take a collection, wait until it is due, deliver it, count it. Ends when
 * the source has no more, when its thread is interrupted, or when it has told a failure.
 *
 * @param route what is common to all senders of the run; thread-safe
 * @param buffer this sender's own
 * @param failed told what makes going on senseless
 */
record PostSender(Route route, CollectionBuffer buffer, Consumer<Exception> failed)
    implements Runnable {

  /**
   * The parts that senders share.
   *
   * @param keys what Idempotency-Keys begin with; null for none
   * @param receipts null if none are kept
   */
  record Route(
      CollectionSource source,
      Delivery delivery,
      BodyCodec codec,
      PostTally tally,
      Ticker ticker,
      @Nullable String keys,
      @Nullable ReceiptFile receipts) {}

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted() && route.source().next(buffer)) {
        sendOne();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException failure) {
      failed.accept(failure);
    }
  }

  private void sendOne() throws IOException, InterruptedException {
    CollectionBuffer.Origin origin = buffer.origin();
    if (origin.unchecked()) {
      PayloadCheck.check(buffer);
    }
    BodyCodec.Body body = route.codec().encode(buffer);
    long early = origin.dueNanos() - route.ticker().nanos();
    route.ticker().pause(Duration.ofNanos(Math.max(0, early)));
    String key = route.keys() == null ? null : route.keys() + "-" + origin.number();
    PostAnswer answer = route.delivery().deliver(body.bytes(), body.length(), key);
    count(answer, origin.dueNanos());
    route.source().firstAnswered();
  }

  private void count(PostAnswer answer, long dueNanos) throws IOException {
    PostTally tally = route.tally();
    if (answer instanceof PostAnswer.Accepted accepted) {
      tally.accepted(buffer.payloads(), route.ticker().nanos() - dueNanos);
      keep(accepted.receipt());
    } else if (answer instanceof PostAnswer.Refused refused) {
      tally.notAccepted(String.valueOf(refused.status()), refused.reason());
    } else if (answer instanceof PostAnswer.Busy busy) {
      tally.notAccepted(String.valueOf(busy.status()), busy.reason());
    } else if (answer instanceof PostAnswer.Lost lost) {
      tally.notAccepted("no answer", lost.reason());
      if (!route.delivery().reachedOnce()) {
        throw new IOException("stopped, because nothing ever answered: " + lost.reason());
      }
    }
  }

  private void keep(@Nullable String receipt) throws IOException {
    if (route.receipts() == null) {
      return;
    }
    if (receipt == null) {
      route.tally().withoutReceipt();
    } else {
      route.receipts().add(receipt, Instant.ofEpochMilli(route.ticker().now().epochMs()), buffer);
    }
  }
}
