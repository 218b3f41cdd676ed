package io.millrace.fault;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.Slf4jNotifier;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.URI;
import java.time.Duration;

/**
 * An HTTP proxy before a server, by WireMock: every call is forwarded as it came, Host header and
 * signature included, but for those that a case picks. Thread-safe.
 */
final class Gateway implements AutoCloseable {
  /** Each long poll holds a thread, and so does each call that is answered late. */
  private static final int THREADS = 120;

  private static final int FORWARDED = 10;
  private static final int PICKED = 1;

  /** Longer than a long poll. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HalfFailed halfFailed = new HalfFailed();
  private final OddListing oddListing = new OddListing();
  private final WireMockServer proxy;
  private final String server;

  private Gateway(URI server) {
    this.server = server.toString();
    proxy = new WireMockServer(configuration());
    proxy.start();
    restore();
  }

  /** A gateway that forwards everything. */
  static Gateway before(URI server) {
    return new Gateway(server);
  }

  /** Where clients connect to. */
  URI address() {
    return URI.create(proxy.baseUrl());
  }

  /** These calls are answered so; the server does not hear of them. */
  void answer(Calls calls, ResponseDefinitionBuilder answer) {
    proxy.stubFor(calls.stub().get().atPriority(PICKED).willReturn(answer));
  }

  /** These calls reach the server at once; its answer comes so much later. */
  void answerLate(Calls calls, Duration delay) {
    answer(calls, forwarded().withFixedDelay((int) delay.toMillis()));
  }

  /** These calls reach the server; instead of its answer the connection is reset. */
  void dropAnswer(Calls calls) {
    answer(calls, forwarded().withTransformers(DroppedAnswer.NAME));
  }

  /**
   * Of the entries of these batch calls the server gets every other one; the rest are answered as
   * failed.
   */
  void failHalf(Calls calls) {
    halfFailed.pick(calls);
  }

  /** LIST is answered as by a store that is not quite S3. */
  void listOddly() {
    oddListing.begin();
  }

  /** Pages of LIST that were withheld so far. */
  int oddPages() {
    return oddListing.pages();
  }

  /** Forwards everything again. */
  void restore() {
    halfFailed.restore();
    oddListing.restore();
    proxy.resetMappings();
    proxy.stubFor(any(anyUrl()).atPriority(FORWARDED).willReturn(forwarded()));
  }

  @Override
  public void close() {
    proxy.stop();
  }

  private ResponseDefinitionBuilder forwarded() {
    return aResponse().proxiedFrom(server);
  }

  private WireMockConfiguration configuration() {
    return options()
        .bindAddress("127.0.0.1")
        .dynamicPort()
        .preserveHostHeader(true)
        .gzipDisabled(true)
        .disableRequestJournal()
        .containerThreads(THREADS)
        .proxyTimeout((int) PATIENCE.toMillis())
        .jettyIdleTimeout(PATIENCE.toMillis())
        .notifier(new Slf4jNotifier(false))
        .extensions(new DroppedAnswer(), halfFailed, oddListing);
  }
}
