package io.millrace.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.config.ServiceAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqsMessageQueueTest {
  @Test
  void send_closedQueue_isRefused() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = "{\"QueueUrl\":\"%s/q\"}".formatted(url).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      MessageQueue queue =
          SqsMessageQueue.open(ServiceAccess.of(URI.create(url), "a", "b"), "q", 1);
      queue.close();
      assertThat(queue.send("body", Map.of(), Duration.ofSeconds(5)))
          .isInstanceOf(SendResult.Refused.class);
    } finally {
      server.stop(0);
    }
  }
}
