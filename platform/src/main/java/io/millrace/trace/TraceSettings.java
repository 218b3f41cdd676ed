package io.millrace.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.config.Setting;
import io.millrace.config.SettingsReader;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where traces go, and of what: OpenTelemetry's own variables, those of them that are of use here.
 *
 * @param endpoint of OTLP over HTTP, whole; empty for no traces
 * @param headers of each call to it; may hold credentials
 * @param sampling which requests are traced
 * @param service name of this tier
 * @param attributes of this process
 */
public record TraceSettings(
    Optional<URI> endpoint,
    Map<String, String> headers,
    Sampling sampling,
    String service,
    Map<String, String> attributes) {

  private static final Setting<Optional<URI>> ENDPOINT =
      Setting.parsed(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              "",
              "an http or https URL",
              "Where traces go, to /v1/traces below it; with neither this nor the next there are none",
              TraceSettings::url)
          .shownAs(TraceSettings::shown);
  private static final Setting<Optional<URI>> TRACES_ENDPOINT =
      Setting.parsed(
              "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
              "",
              "an http or https URL",
              "The same, taken as it is; wins",
              TraceSettings::url)
          .shownAs(TraceSettings::shown);
  private static final Setting<String> PROTOCOL =
      Setting.choice(
          "OTEL_EXPORTER_OTLP_PROTOCOL",
          List.of("http/protobuf"),
          "How traces are sent",
          Function.identity());
  private static final Setting<Map<String, String>> HEADERS =
      Setting.parsed(
              "OTEL_EXPORTER_OTLP_HEADERS",
              "",
              "name=value pairs with commas between, percent-encoded",
              "Headers sent with traces; never logged",
              TraceSettings::headers)
          .secret();
  private static final Setting<String> SAMPLER =
      Setting.parsed(
          "OTEL_TRACES_SAMPLER",
          "parentbased_traceidratio",
          "always_on, always_off, traceidratio, or one of them after parentbased_",
          "Which requests are traced",
          TraceSettings::sampler);
  private static final Setting<Double> SAMPLER_ARG =
      Setting.parsed(
          "OTEL_TRACES_SAMPLER_ARG",
          "0.01",
          "0 to 1",
          "Part of the requests that is traced, by ratio",
          TraceSettings::ratio);
  private static final Setting<Map<String, String>> ATTRIBUTES =
      Setting.parsed(
              "OTEL_RESOURCE_ATTRIBUTES",
              "",
              "name=value pairs with commas between, percent-encoded",
              "What traces tell of this process; never logged",
              TraceSettings::pairs)
          .secret();

  /**
   * All settings, in the order of the help text.
   *
   * @param service what the tier is called, unless it is given a name
   */
  public static List<Setting<?>> all(String service) {
    return List.of(
        ENDPOINT,
        TRACES_ENDPOINT,
        PROTOCOL,
        HEADERS,
        SAMPLER,
        SAMPLER_ARG,
        serviceName(service),
        ATTRIBUTES);
  }

  /**
   * Reads and checks; faults are the reader's to tell.
   *
   * @param service as in {@link #all}
   */
  public static TraceSettings read(SettingsReader reader, String service) {
    Optional<URI> base = reader.get(ENDPOINT);
    Optional<URI> traces = reader.get(TRACES_ENDPOINT);
    reader.get(PROTOCOL);
    Map<String, String> attributes = reader.get(ATTRIBUTES);
    return new TraceSettings(
        traces.or(() -> base.map(TraceSettings::below)),
        reader.get(HEADERS),
        new Sampling(reader.get(SAMPLER), reader.get(SAMPLER_ARG)),
        service(reader, serviceName(service), attributes),
        attributes);
  }

  /** As the specification has it: what is given wins over the attribute, that over our default. */
  private static String service(
      SettingsReader reader, Setting<String> setting, Map<String, String> attributes) {
    String name = reader.get(setting);
    return reader.isGiven(setting) ? name : attributes.getOrDefault("service.name", name);
  }

  private static Setting<String> serviceName(String service) {
    return Setting.text(
        "OTEL_SERVICE_NAME",
        service,
        "[A-Za-z0-9][A-Za-z0-9._:/-]{0,254}",
        "1 to 255 of A-Z a-z 0-9 . _ : / -, the first a letter or digit",
        "What traces call this tier");
  }

  private static URI below(URI base) {
    String text = base.toString();
    return URI.create(text + (text.endsWith("/") ? "" : "/") + "v1/traces");
  }

  private static Optional<URI> url(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    URI url = URI.create(text);
    if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
      throw new IllegalArgumentException("not a URL of HTTP: " + text);
    }
    return Optional.of(url);
  }

  /** Without what may hold credentials: the user's part, the path and the query. */
  private static String shown(Optional<URI> url) {
    return url.map(
            known ->
                known.getScheme()
                    + "://"
                    + known.getHost()
                    + (known.getPort() < 0 ? "" : ":" + known.getPort()))
        .orElse("");
  }

  private static String sampler(String text) {
    if (!Sampling.NAMES.contains(text)) {
      throw new IllegalArgumentException("not a sampler: " + text);
    }
    return text;
  }

  private static double ratio(String text) {
    double ratio = Double.parseDouble(text);
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException("not between 0 and 1: " + text);
    }
    return ratio;
  }

  /** Refuses what the client would, for that logs what it refuses: at every export, in clear. */
  private static Map<String, String> headers(String text) {
    Map<String, String> headers = pairs(text);
    headers.forEach(
        (name, value) -> {
          if (!value.matches("[\\t -~]*")) {
            throw new IllegalArgumentException("not visible ASCII, spaces and tabs");
          }
          HttpRequest.newBuilder().header(name, value);
        });
    return headers;
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals).strip();
      if (!name.matches("[!-~]+")) {
        throw new IllegalArgumentException("not name=value");
      }
      // As in W3C Baggage, where a plus is a plus.
      String value = pair.substring(equals + 1).strip().replace("+", "%2B");
      pairs.put(name, URLDecoder.decode(value, UTF_8));
    }
    return pairs;
  }
}
