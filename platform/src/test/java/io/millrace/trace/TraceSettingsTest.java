package io.millrace.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigurationException;
import io.millrace.config.SettingsReader;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSettingsTest {
  private static final String BASE = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String WHOLE = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

  @Test
  void read_nothing_isOffAndOnePercentByTheParent() {
    TraceSettings settings = read(Map.of());

    assertThat(settings.endpoint()).isEmpty();
    assertThat(settings.sampling()).isEqualTo(new Sampling("parentbased_traceidratio", 0.01));
    assertThat(settings.service()).isEqualTo("tier");
  }

  @Test
  void read_emptyValues_areNone() {
    assertThat(read(Map.of(BASE, "", "OTEL_TRACES_SAMPLER", "", "OTEL_SERVICE_NAME", "")))
        .isEqualTo(read(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "http://c:4318, http://c:4318/v1/traces",
    "https://c/otlp/, https://c/otlp/v1/traces",
  })
  void read_endpoint_isBelowIt(String base, URI endpoint) {
    assertThat(read(Map.of(BASE, base)).endpoint()).contains(endpoint);
  }

  @Test
  void read_endpointOfTraces_isTakenAsItIsAndWins() {
    assertThat(read(Map.of(BASE, "http://a", WHOLE, "http://b/x")).endpoint())
        .contains(URI.create("http://b/x"));
  }

  @Test
  void read_pairs_areDecoded() {
    assertThat(read(Map.of("OTEL_RESOURCE_ATTRIBUTES", "a=1, b = x%2Cy+z")).attributes())
        .isEqualTo(Map.of("a", "1", "b", "x,y+z"));
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_PROTOCOL, grpc, http/protobuf",
    "OTEL_TRACES_SAMPLER, often, always_on",
    "OTEL_TRACES_SAMPLER_ARG, 1.1, 0 to 1",
    "OTEL_TRACES_SAMPLER_ARG, NaN, 0 to 1",
  })
  void read_wrongValue_isToldWithWhatIsAllowed(String name, String value, String allowed) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(name + " must be ")
        .hasMessageContaining(allowed)
        .hasMessageContaining("but is '" + value + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, WHOLE})
  void read_endpointWithCredentials_isShownWithoutThem(String name) {
    String url = "https://user:SECRET@collector:4318/SECRET?key=SECRET";
    SettingsReader reader = new SettingsReader(Map.of(name, url));

    assertThat(TraceSettings.read(reader, "tier").endpoint().orElseThrow().getUserInfo())
        .isEqualTo("user:SECRET");
    assertThat(reader.finish()).containsEntry(name, "https://collector:4318");
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT, collector:4317/SECRET, an http or https URL",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, http://user:SECRET@ c, an http or https URL",
    "OTEL_RESOURCE_ATTRIBUTES, SECRET, name=value",
  })
  void read_wrongValueThatMayHoldASecret_isToldWithoutIt(
      String name, String value, String allowed) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(name + " must be " + allowed)
        .message()
        .doesNotContain("SECRET");
  }

  @Test
  void read_attributes_areNeverShown() {
    String name = "OTEL_RESOURCE_ATTRIBUTES";
    SettingsReader reader = new SettingsReader(Map.of(name, "api.key=SECRET"));

    assertThat(TraceSettings.read(reader, "tier").attributes())
        .isEqualTo(Map.of("api.key", "SECRET"));
    assertThat(reader.finish()).containsEntry(name, "(not shown)");
  }

  @Test
  void read_headers_areNeverShown() {
    String name = "OTEL_EXPORTER_OTLP_HEADERS";
    SettingsReader reader = new SettingsReader(Map.of(name, "authorization=secret"));

    TraceSettings settings = TraceSettings.read(reader, "tier");

    assertThat(settings.headers()).isEqualTo(Map.of("authorization", "secret"));
    assertThat(reader.finish()).containsEntry(name, "(not shown)");
    assertThatThrownBy(() -> read(Map.of(name, "secret")))
        .hasMessageContaining(name + " must be name=value")
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization=Basic%20SECRET%0A",
        "authorization=SECRET%0D%0Ax: y",
        "authorization=S\u00c9CRET",
        "authorization=SECRET%7F",
        "authorization=SECRET%",
        "host=SECRET",
        "a(b=SECRET",
        "a b=SECRET"
      })
  void read_headersThatCantBeSent_areRefusedWithoutTheirValue(String headers) {
    assertThatThrownBy(() -> read(Map.of("OTEL_EXPORTER_OTLP_HEADERS", headers)))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains("OTEL_EXPORTER_OTLP_HEADERS must be name=value")
        .doesNotContain("CRET");
  }

  @Test
  void read_headersWithSpaceAndTab_areTaken() {
    assertThat(read(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "x-a=%20b%09c~,y=")).headers())
        .isEqualTo(Map.of("x-a", " b\tc~", "y", ""));
  }

  @Test
  void read_serviceName_isGivenOrAmongTheAttributesOrTheTiers() {
    Map<String, String> attributes = Map.of("OTEL_RESOURCE_ATTRIBUTES", "service.name=ours");
    assertThat(read(attributes).service()).isEqualTo("ours");
    Map<String, String> both = new HashMap<>(attributes);
    both.put("OTEL_SERVICE_NAME", "given");
    assertThat(read(both).service()).isEqualTo("given");
  }

  private static TraceSettings read(Map<String, String> given) {
    SettingsReader reader = new SettingsReader(given);
    TraceSettings settings = TraceSettings.read(reader, "tier");
    reader.finish();
    return settings;
  }
}
