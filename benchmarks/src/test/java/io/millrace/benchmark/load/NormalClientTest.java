package io.millrace.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.benchmark.body.BodySpec;
import io.millrace.benchmark.body.Encoding;
import io.millrace.benchmark.body.GeneratedBodies;
import io.millrace.benchmark.load.NormalClient.Answers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real sockets, against a small server; no time is asserted. */
class NormalClientTest {
  private static final BodySpec BODIES = new BodySpec(3, 1100, 4, Encoding.NONE, 1);

  /** Of the first three requests. */
  private static final int[] STATUSES = {202, 503, 202};

  private final CountDownLatch seen = new CountDownLatch(STATUSES.length);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/collections",
        exchange -> {
          int status = STATUSES[(int) (STATUSES.length - seen.getCount()) % STATUSES.length];
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
          seen.countDown();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void take_answersOfTwoKinds_areCountedOnce() throws Exception {
    NormalClient client = NormalClient.start(server.getAddress(), GeneratedBodies.make(BODIES));
    seen.await();
    client.close();

    Answers answers = client.take();

    assertThat(answers.accepted()).isGreaterThanOrEqualTo(2);
    assertThat(answers.others()).isEqualTo(1);
    assertThat(answers.slowestMs()).isPositive();
    assertThat(client.take()).isEqualTo(Answers.NONE);
  }

  @Test
  void take_serverThatIsGone_countsAsOthers() throws Exception {
    server.stop(0);
    NormalClient client = NormalClient.start(server.getAddress(), GeneratedBodies.make(BODIES));
    client.close();

    Answers answers = client.take();

    assertThat(answers.accepted()).isZero();
    assertThat(answers.others()).isLessThanOrEqualTo(1);
  }
}
