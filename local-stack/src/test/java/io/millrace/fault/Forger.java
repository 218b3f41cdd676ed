package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Receipt;
import io.millrace.queue.SendResult;
import io.millrace.queue.SqsMessageQueue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes to the queue beside the web tier until it is stopped: messages that nobody can use, and
 * copies of batches that were acknowledged a moment ago, with other bytes.
 *
 * <p>It knows such batches from receipts of its own, as any client may. A copy is marked as a
 * further try, and sent once the worker has received the first: who sends one unmarked after the
 * first is stored, or before it is received, can't be told from the web tier.
 */
final class Forger {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Less than the age of a roll, so that the worker still holds most of those that are copied. */
  private static final Duration AFTER = Duration.ofSeconds(1);

  private static final int POST_EVERY = 5;
  private static final String COLLECTION =
      "{\"version\":\"1\",\"token\":\"forger\",\"data\":[{\"n\":1}]}";
  private static final Pattern BATCH = Pattern.compile("\"batch\":\"([^\"]+)\"");
  private static final Pattern RECEIPT = Pattern.compile("\"receipt\":\"([^\"]+)\"");

  private final SqsMessageQueue queue;
  private final URI target;
  private final ForgedMessages messages;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Thread thread = new Thread(this::run, "forger");
  private final Deque<Seen> seen = new ArrayDeque<>();
  private final List<String> useless = new ArrayList<>();
  private final List<String> copies = new ArrayList<>();
  private volatile boolean stopped;
  private volatile Throwable failure;

  private record Seen(String batch, Instant at) {}

  private Forger(SqsMessageQueue queue, URI target, long seed) {
    this.queue = queue;
    this.target = target;
    this.messages = new ForgedMessages(seed);
  }

  /**
   * Starts one.
   *
   * @param queue is closed at the end
   * @param target where collections are posted to
   */
  static Forger start(SqsMessageQueue queue, URI target, long seed) {
    Forger forger = new Forger(queue, target, seed);
    forger.thread.setDaemon(true);
    forger.thread.start();
    return forger;
  }

  /** Ends it; fails if it could not work. */
  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
    queue.close();
    assertThat(failure).isNull();
  }

  /**
   * Fails unless the dead letters are all that nobody can use, and beside them only batches that
   * were copied. Of a batch and its copy one is stored. The other is
   *
   * <ul>
   *   <li>deleted, if it is a copy and its batch was stored before it came;
   *   <li>a dead letter else: as a rule the copy, but the first if the copy's claim came before the
   *       roll of the first was announced.
   * </ul>
   */
  void assertBuried(List<String> letters) {
    List<String> rest = new ArrayList<>(letters);
    useless.forEach(rest::remove);
    assertThat(letters.size() - rest.size())
        .as("useless messages among the dead letters")
        .isEqualTo(useless.size());
    assertThat(batches(rest))
        .as("batches beside them")
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .isSubsetOf(batches(copies));
  }

  private static List<String> batches(List<String> bodies) {
    return bodies.stream()
        .map(BATCH::matcher)
        .map(header -> header.find() ? header.group(1) : "none")
        .toList();
  }

  private void run() {
    try {
      for (int turn = 0; !stopped; turn++) {
        if (turn % POST_EVERY == 0) {
          post();
        }
        Seen oldest = seen.peek();
        if (oldest != null && oldest.at().plus(AFTER).isBefore(Instant.now())) {
          seen.remove();
          awaitAllReceived();
          if (!stopped) {
            send(messages.copyOf(oldest.batch(), oldest.at()), copies);
          }
        } else {
          send(messages.next(), useless);
        }
        Step.last(PAUSE);
      }
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      failure = e;
    }
  }

  /** Until no message is on the queue: all that was acknowledged before has been received. */
  private void awaitAllReceived() throws InterruptedException {
    while (!stopped && queue.counts().visible() > 0) {
      Step.last(PAUSE);
    }
  }

  private void post() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(COLLECTION))
            .build();
    Instant at = Instant.now();
    Matcher receipt = RECEIPT.matcher(client.send(request, BodyHandlers.ofString()).body());
    if (receipt.find()) {
      Receipt.parse(receipt.group(1))
          .forEach(part -> seen.add(new Seen(part.batch().toString(), at)));
    }
  }

  private void send(String body, List<String> sent) {
    SendResult result = queue.send(body, Map.of(), TIMEOUT);
    if (!(result instanceof SendResult.Sent)) {
      throw new IllegalStateException("not sent: " + result);
    }
    sent.add(body);
  }
}
