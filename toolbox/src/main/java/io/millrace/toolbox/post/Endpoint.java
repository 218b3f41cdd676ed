package io.millrace.toolbox.post;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Where collections are sent. The client beneath does one exchange and nothing more: no retries,
 * redirects, cookies, authentication or decompression. Connections are kept alive, one for each
 * thread that sends. Thread-safe.
 */
final class Endpoint implements Closeable {
  private final MinimalHttpClient client;
  private final HttpHost host;
  private final String path;
  private final @Nullable String encoding;
  private final AnswerReader answers;

  /**
   * Connects to nothing yet.
   *
   * @param url absolute, http or https
   * @param connections most at once, at least 1
   * @param timeout for connecting, and for each wait for bytes of the answer
   * @param gzip whether the bodies will be gzip
   */
  Endpoint(URI url, int connections, Duration timeout, boolean gzip, AnswerReader answers) {
    client = HttpClients.createMinimal(pool(connections, Timeout.of(timeout)));
    host = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    path = (url.getRawPath().isEmpty() ? "/" : url.getRawPath()) + query;
    encoding = gzip ? "gzip" : null;
    this.answers = answers;
  }

  private static PoolingHttpClientConnectionManager pool(int connections, Timeout timeout) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnTotal(connections)
        .setMaxConnPerRoute(connections)
        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom().setConnectTimeout(timeout).setSocketTimeout(timeout).build())
        .build();
  }

  /**
   * Sends one body and waits for the answer; never throws for a fault of the other side.
   *
   * @param key value of the Idempotency-Key header; null for none
   */
  PostAnswer post(byte[] body, int length, @Nullable String key) {
    ClassicHttpRequest request = new BasicClassicHttpRequest("POST", host, path);
    request.setEntity(
        new ByteArrayEntity(body, 0, length, ContentType.APPLICATION_JSON, encoding, false));
    if (key != null) {
      request.setHeader("Idempotency-Key", key);
    }
    try {
      return client.execute(host, request, HttpCoreContext.create(), answers::read);
    } catch (IOException noAnswer) {
      return new PostAnswer.Lost(reason(noAnswer));
    }
  }

  private static String reason(IOException noAnswer) {
    String message = noAnswer.getMessage();
    if (noAnswer instanceof UnknownHostException) {
      return "unknown host " + message;
    }
    return message == null ? noAnswer.getClass().getSimpleName() : message;
  }

  /** Cuts all connections at once; a request under way is lost. */
  void cut() {
    client.close(CloseMode.IMMEDIATE);
  }

  /** Closes the connections in order, for when no request is under way. */
  @Override
  public void close() {
    client.close(CloseMode.GRACEFUL);
  }
}
