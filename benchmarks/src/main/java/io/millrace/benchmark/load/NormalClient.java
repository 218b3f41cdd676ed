package io.millrace.benchmark.load;

import io.millrace.benchmark.body.CollectionBody;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client that posts one collection after the other, ten a second at most, whatever else the
 * server has to do. {@link #take} may be called by any thread; closing it ends its thread.
 */
public final class NormalClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final long PAUSE_MS = 100;
  private static final int ACCEPTED = 202;

  private final HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final URI uri;
  private final List<CollectionBody> bodies;
  private final Thread thread;
  private Answers answers = Answers.NONE;

  private NormalClient(URI uri, List<CollectionBody> bodies) {
    this.uri = uri;
    this.bodies = bodies;
    thread = new Thread(this::run, "normal-client");
  }

  /**
   * What was answered.
   *
   * @param accepted with 202
   * @param others with another status, or not at all within 20 s
   * @param slowestMs longest time from the request to its answer, or to its failure
   */
  public record Answers(long accepted, long others, double slowestMs) {
    static final Answers NONE = new Answers(0, 0, 0);

    private Answers plus(boolean wasAccepted, double ms) {
      return new Answers(
          accepted + (wasAccepted ? 1 : 0),
          others + (wasAccepted ? 0 : 1),
          Math.max(slowestMs, ms));
    }
  }

  /**
   * Starts to post.
   *
   * @param server that takes collections
   * @param bodies plain ones, at least one
   */
  public static NormalClient start(InetSocketAddress server, List<CollectionBody> bodies) {
    URI uri =
        URI.create(
            "http://%s:%d/v1/collections"
                .formatted(server.getAddress().getHostAddress(), server.getPort()));
    NormalClient client = new NormalClient(uri, List.copyOf(bodies));
    client.thread.start();
    return client;
  }

  /** What was answered since the last call. */
  public synchronized Answers take() {
    Answers taken = answers;
    answers = Answers.NONE;
    return taken;
  }

  /** Lets a request under way end. */
  @Override
  public void close() {
    closed.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (int i = 0; !closed.get(); i++) {
        post(bodies.get(i % bodies.size()));
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(CollectionBody body) throws InterruptedException {
    long start = System.nanoTime();
    boolean accepted = false;
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(body.bytes()))
              .build();
      accepted = client.send(request, BodyHandlers.discarding()).statusCode() == ACCEPTED;
    } catch (IOException e) {
      // Counted as not accepted, which is what a client sees of it.
    }
    count(accepted, (System.nanoTime() - start) / 1e6);
  }

  private synchronized void count(boolean accepted, double ms) {
    answers = answers.plus(accepted, ms);
  }
}
