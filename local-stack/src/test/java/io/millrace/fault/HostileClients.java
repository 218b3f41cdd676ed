package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.hostile.HostileBodies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clients that send hostile bodies, each one after the other on a connection of its own, until they
 * are stopped. Each waits for its answers: they press by what they send, not by how much.
 */
final class HostileClients {
  private static final int LARGEST_BODY = 1 << 20;

  /** 202, as some are collections, or a refusal of the body. */
  private static final Set<Integer> EXPECTED = Set.of(202, 400, 413);

  private final URI target;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  private HostileClients(URI target) {
    this.target = target;
  }

  /** Starts so many. */
  static HostileClients start(URI target, int count, long seed) {
    HostileClients clients = new HostileClients(target);
    for (int i = 0; i < count; i++) {
      HostileBodies bodies = new HostileBodies(seed + i, LARGEST_BODY);
      Thread thread = new Thread(() -> clients.run(bodies), "hostile-" + i);
      thread.setDaemon(true);
      clients.threads.add(thread);
      thread.start();
    }
    return clients;
  }

  /** Ends them; fails if one got another answer than its body deserves, or none. */
  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(answers).as("answers to hostile bodies, by status").containsKeys(202, 400, 413);
    assertThat(EXPECTED).containsAll(answers.keySet());
  }

  private void run(HostileBodies bodies) {
    HttpClient client = HttpClient.newHttpClient();
    while (!stopped) {
      answers.merge(send(client, bodies.next()), 1, Integer::sum);
    }
  }

  /** The status; 0 without an answer. */
  private int send(HttpClient client, byte[] body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(target)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
