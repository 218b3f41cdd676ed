package io.millrace.fault;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Which calls to a server something happens to. */
record Calls(Supplier<MappingBuilder> stub) {
  /** Every call. */
  static Calls all() {
    return new Calls(() -> any(anyUrl()));
  }

  /** Calls of SQS by the pattern of their names, as {@code SendMessage}. */
  static Calls of(String actions) {
    return new Calls(
        () -> any(anyUrl()).withHeader("X-Amz-Target", matching("AmazonSQS\\.(" + actions + ")")));
  }

  /** PUTs of data objects, not of manifests or claims. */
  static Calls dataPuts() {
    return new Calls(() -> put(urlPathMatching("/[^/]+/dt(=|%3D).*\\.ndjson\\.(zst|gz)")));
  }

  /** All PUTs with a condition, which are all that workers make. */
  static Calls puts() {
    return new Calls(() -> put(anyUrl()).withHeader("If-None-Match", equalTo("*")));
  }

  /** PUTs of more bytes than these. */
  static Calls putsLongerThan(int bytes) {
    return new Calls(() -> put(anyUrl()).andMatching(call -> MatchResult.of(length(call) > bytes)));
  }

  /**
   * PUTs at one key: the first of a data object that comes.
   *
   * @param least bytes of those PUTs
   */
  static Calls putsOfOneKey(int least) {
    AtomicReference<String> key = new AtomicReference<>();
    return new Calls(
        () ->
            dataPuts()
                .stub()
                .get()
                .andMatching(
                    call ->
                        MatchResult.of(
                            length(call) >= least
                                && (key.compareAndSet(null, call.getUrl())
                                    || call.getUrl().equals(key.get())))));
  }

  /** Of the object, without what signing and checksums add to the body. */
  private static int length(Request call) {
    String decoded = call.getHeader("x-amz-decoded-content-length");
    return decoded == null ? call.getBody().length : Integer.parseInt(decoded);
  }

  /** So many of 100 of these, by chance. */
  Calls percent(int share, Random random) {
    return new Calls(
        () -> stub.get().andMatching(call -> MatchResult.of(random.nextInt(100) < share)));
  }
}
