package io.millrace.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The collector's side of OTLP over HTTP, on loopback and any free port.
 *
 * <p>Thread-safe; whoever starts it closes it.
 */
public final class OtlpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> spans = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  /**
   * A span as it came.
   *
   * @param service name of the process that sent it
   * @param context trace and span, as in a link
   * @param parent span within the same trace; empty if none
   * @param links contexts of other spans
   */
  public record Received(
      String service,
      String name,
      String kind,
      Context context,
      String parent,
      List<Context> links,
      Map<String, String> attributes,
      boolean failed) {
    /** Whether it is within another one. */
    public boolean isChildOf(Received other) {
      return context.trace().equals(other.context.trace()) && parent.equals(other.context.span());
    }
  }

  /** Names a span, in hexadecimal. */
  public record Context(String trace, String span) {}

  public OtlpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::receive);
    server.start();
  }

  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What has come so far. */
  public List<Received> spans() {
    return List.copyOf(spans);
  }

  /** Of this name. */
  public List<Received> spans(String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }

  /** The header Authorization of each call. */
  List<String> authorizations() {
    return authorizations;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      byte[] body = exchange.getRequestBody().readAllBytes();
      ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
          .flatMap(OtlpReceiver::received)
          .forEach(spans::add);
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static Stream<Received> received(ResourceSpans process) {
    String service =
        attributes(process.getResource().getAttributesList()).getOrDefault("service.name", "");
    return process.getScopeSpansList().stream()
        .flatMap(scope -> scope.getSpansList().stream())
        .map(span -> received(service, span));
  }

  private static Received received(String service, Span span) {
    return new Received(
        service,
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        new Context(hex(span.getTraceId()), hex(span.getSpanId())),
        hex(span.getParentSpanId()),
        span.getLinksList().stream()
            .map(link -> new Context(hex(link.getTraceId()), hex(link.getSpanId())))
            .toList(),
        attributes(span.getAttributesList()),
        span.getStatus().getCodeValue() == 2);
  }

  private static Map<String, String> attributes(List<KeyValue> pairs) {
    Map<String, String> attributes = new LinkedHashMap<>();
    pairs.forEach(pair -> attributes.put(pair.getKey(), text(pair.getValue())));
    return attributes;
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }

  private static String hex(com.google.protobuf.ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
