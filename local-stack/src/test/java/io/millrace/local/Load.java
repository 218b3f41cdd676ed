package io.millrace.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that post collections of numbered payloads, each number once, until stopped. What was
 * answered with 202 is acknowledged; after anything else the numbers are given up.
 */
final class Load implements AutoCloseable {
  private static final int CLIENTS = 8;
  private static final int PAYLOADS = 4;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final AtomicLong numbers = new AtomicLong();
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private volatile URI target;
  private volatile boolean stopped;

  /** Starts to post. */
  Load(URI target) {
    this.target = target;
    for (int i = 0; i < CLIENTS; i++) {
      Thread thread = new Thread(this::run, "client-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  /** Where a web tier on this port takes collections. */
  static URI collections(String port) {
    return URI.create("http://127.0.0.1:" + port + "/v1/collections");
  }

  /** From now on posts there. */
  void redirect(URI newTarget) {
    target = newTarget;
  }

  /** Waits until this many more payloads are acknowledged. */
  void awaitMore(int payloads) {
    int wanted = acknowledged.size() + payloads;
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> acknowledged.size() >= wanted);
  }

  /** Ends posting; returns the numbers acknowledged. */
  Set<Long> stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    return acknowledged;
  }

  @Override
  public void close() throws IOException {
    stopped = true;
  }

  private void run() {
    while (!stopped) {
      long first = numbers.getAndAdd(PAYLOADS);
      try {
        HttpResponse<String> answer = client.send(request(first), BodyHandlers.ofString());
        if (answer.statusCode() == 202) {
          for (long n = first; n < first + PAYLOADS; n++) {
            acknowledged.add(n);
          }
        }
      } catch (IOException e) {
        Thread.onSpinWait(); // the tier was killed; the next post goes where it is then
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private HttpRequest request(long first) {
    StringBuilder data = new StringBuilder();
    for (long n = first; n < first + PAYLOADS; n++) {
      data.append(n == first ? "" : ",").append("{\"n\":").append(n).append(",\"pad\":\"");
      data.append(Long.toHexString(n * 0x9E3779B97F4A7C15L).repeat(10)).append("\"}");
    }
    String body = "{\"version\":\"1\",\"token\":\"system-test\",\"data\":[" + data + "]}";
    return HttpRequest.newBuilder(target)
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }
}
