package io.millrace.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that always has a next request, beside one that has not. The test runs the lane. */
class TurnTest {
  private static final int MANY = 40;
  private static final String REFUSED = "POST /v1/collections HTTP/1.1\r\nHost: a\r\n\r\n";

  private final BlockingQueue<Runnable> lane = new LinkedBlockingQueue<>();
  private EdgeServer edge;

  @BeforeEach
  void start() throws Exception {
    edge = new EdgeServer(lane::add, EdgeServer::collections);
  }

  @AfterEach
  void stop() throws Exception {
    edge.stop();
    assertThat(edge.budget().reserved()).isZero();
  }

  @Test
  void requests_pipelinedAndRefusedAtOnce_areAShareEachTurn() throws Exception {
    try (Socket pipelining = edge.connect();
        Socket other = edge.connect()) {
      EdgeServer.send(pipelining, REFUSED.repeat(MANY));
      Runnable rest = next();
      assertThat(refused()).isEqualTo(8);

      EdgeServer.send(other, REFUSED);
      assertThat(other.getInputStream().read()).isEqualTo('H');
      assertThat(refused()).isEqualTo(9);
      assertThat(lane).isEmpty();

      rest.run();
      while (refused() < MANY + 1) {
        double before = refused();
        next().run();
        assertThat(refused() - before).isLessThanOrEqualTo(8);
      }
    }
  }

  /** 16 KiB take long enough; more are parsed in the lane, whoever sends them. */
  @Test
  void body_large_isParsedInTheLane() throws Exception {
    try (Socket socket = edge.connect()) {
      EdgeServer.send(
          socket,
          "POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + "Content-Length: 16385\r\n\r\n"
              + " ".repeat(16_385));
      Runnable parsing = next();
      assertThat(edge.metrics().requestsByOutcome()).isEmpty();

      parsing.run();

      assertThat(edge.metrics().requestsByOutcome()).containsEntry("not-json", 1L);
    }
  }

  private Runnable next() throws InterruptedException {
    Runnable task = lane.poll(10, TimeUnit.SECONDS);
    assertThat(task).isNotNull();
    return task;
  }

  private double refused() {
    return edge.metrics().requests("unsupported-media-type").count();
  }
}
