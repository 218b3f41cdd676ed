package io.millrace.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.time.Moment;
import io.millrace.web.Samples;
import io.millrace.web.batch.PendingCollection;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exchanges whose ends the test makes; their bodies are not looked at. */
class ExchangeTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
  private final PendingCollection failed = Samples.pending(new Moment(0, 0), "{}");
  private EdgeServer edge;

  private final class Keeping extends Handler.Abstract.NonBlocking {
    private final EdgeServer server;

    Keeping(EdgeServer server) {
      this.server = server;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      return exchanges.add(server.exchange(request, response, callback));
    }
  }

  @BeforeEach
  void start() throws Exception {
    edge = new EdgeServer(Runnable::run, Keeping::new);
  }

  @AfterEach
  void stop() throws Exception {
    edge.stop();
  }

  @Test
  void ended_twice_writesOneAnswer() throws Exception {
    try (Socket socket = edge.connect()) {
      EdgeServer.send(socket, GET);
      Exchange exchange = next();
      exchange.ended(failed);

      exchange.ended(failed);
      exchange.failed(new IOException("for the test"));
      exchange.succeeded();

      EdgeServer.send(socket, GET);
      next().ended(failed);
      socket.shutdownOutput();
      String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answers.split("HTTP/1.1 503", -1)).hasSize(3);
    }
    assertThat(edge.metrics().answersFailed()).isZero();
  }

  @Test
  void ended_answerThatCantBeWritten_isCountedAndEndsTheRequest() throws Exception {
    try (Socket socket = edge.connect()) {
      EdgeServer.send(socket, GET);
      Exchange exchange = next();

      exchange.failed(new IOException("for the test"));
      exchange.ended(failed);

      assertThat(edge.metrics().answersFailed()).isEqualTo(1);
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .doesNotContain("503");
    }
  }

  private Exchange next() throws InterruptedException {
    Exchange exchange = exchanges.poll(10, TimeUnit.SECONDS);
    assertThat(exchange).isNotNull();
    return exchange;
  }
}
