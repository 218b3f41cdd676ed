package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.config.ConfigurationException;
import io.millrace.config.Setting;
import io.millrace.model.Codec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSettingsTest {
  private static final long HEAP = 1L << 30;
  private static final long FILES = 4096;

  @Test
  void read_nothingGiven_hasTheDocumentedDefaults() {
    WebSettings settings = WebSettings.read(Map.of(), HEAP, FILES);

    assertThat(settings.edge().getPort()).isEqualTo(8080);
    assertThat(settings.admin().getPort()).isEqualTo(8081);
    assertThat(settings.edge().getAddress().isAnyLocalAddress()).isTrue();
    assertThat(settings.admin().getAddress().isAnyLocalAddress()).isTrue();
    assertThat(settings.queueName()).isEqualTo("millrace");
    assertThat(settings.createResources()).isFalse();
    assertThat(settings.linger()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.maxMessageBytes()).isEmpty();
    assertThat(settings.maxBodyBytes()).isEqualTo(1_048_576);
    assertThat(settings.maxCollectionPayloads()).isEqualTo(10_000);
    assertThat(settings.maxInFlightBytes()).isEqualTo(HEAP / 4);
    assertThat(settings.ackTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.sendThreads()).isEqualTo(16);
    assertThat(settings.drainDelay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.codec()).isEqualTo(Codec.ZSTD);
    assertThat(settings.effective()).containsEntry("LINGER_MS", "50");
  }

  @ParameterizedTest
  @CsvSource({
    "1073741824, 1048576, 16384", // of the heap
    "1073741824, 4096, 3952", // of the files, less 128 and SEND_THREADS
    "1073741824, 9223372036854775807, 16384",
    "268435456, 4096, 3952",
    "134217728, 4096, 2048"
  })
  void read_noMaxConnections_leavesHeapAndFilesForOthers(long heap, long files, int connections) {
    assertThat(WebSettings.read(Map.of(), heap, files).maxConnections()).isEqualTo(connections);
  }

  @Test
  void read_addresses_areThoseGiven() {
    WebSettings settings =
        WebSettings.read(Map.of("ADDRESS", "127.0.0.1", "ADMIN_ADDRESS", "::1"), HEAP, FILES);

    assertThat(settings.edge().getAddress().isLoopbackAddress()).isTrue();
    assertThat(settings.admin().getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void read_everySettingWrong_tellsEachByName() {
    Map<String, String> given = new HashMap<>(Map.of("MILLRACE_PORT", "1"));
    WebSettings.ALL.forEach(setting -> given.put(setting.name(), "!"));

    List<String> faults = faults(given);

    assertThat(faults).hasSize(WebSettings.ALL.size() + 1);
    for (Setting<?> setting : WebSettings.ALL) {
      String fault = setting.name() + " must be " + setting.allowed() + ", but is ";
      boolean hidden = setting.name().matches("OTEL_.*_(HEADERS|ENDPOINT|ATTRIBUTES)");
      String value = hidden ? "not; its value is not shown" : "'!'";
      assertThat(faults).contains(fault + value);
    }
  }

  @Test
  void read_everyRelationBroken_tellsEach() {
    assertThat(
            faults(
                Map.of(
                    "PORT", "9000",
                    "ADMIN_PORT", "9000",
                    "MAX_BODY_BYTES", "1000000",
                    "MAX_IN_FLIGHT_BYTES", "3999999",
                    "MAX_CONNECTIONS", "3953",
                    "LINGER_MS", "10000")))
        .containsExactlyInAnyOrder(
            "PORT and ADMIN_PORT must differ, but are both 9000",
            "MAX_CONNECTIONS must be at most the process's limit of open files less 144, but is"
                + " 3953, with a limit of 4096",
            "MAX_IN_FLIGHT_BYTES must be at least 8 times MAX_BODY_BYTES, but is 3999999 bytes,"
                + " with MAX_BODY_BYTES 1000000",
            "LINGER_MS must be less than ACK_TIMEOUT_MS, but is 10000 ms, with ACK_TIMEOUT_MS"
                + " 10000");
  }

  @Test
  void read_bothPortsZero_isAllowed() {
    WebSettings settings = WebSettings.read(Map.of("PORT", "0", "ADMIN_PORT", "0"), HEAP, FILES);

    assertThat(settings.edge().getPort()).isZero();
    assertThat(settings.admin().getPort()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, 65536",
    "MAX_CONNECTIONS, 15",
    "MAX_MESSAGE_BYTES, 16383",
    "MAX_MESSAGE_BYTES, 1048577",
    "MAX_MESSAGE_BYTES, ''",
    "MAX_BODY_BYTES, 1023",
    "MAX_COLLECTION_PAYLOADS, 0",
    "MAX_IN_FLIGHT_BYTES, 536870913",
    "ACK_TIMEOUT_MS, 99",
    "SEND_THREADS, 0",
    "SEND_THREADS, 257",
    "DRAIN_DELAY_MS, -1",
    "LINGER_MS, 60001",
    "QUEUE_NAME, a.b",
    "CREATE_RESOURCES, TRUE",
    "CODEC, lz4"
  })
  void read_valueOutOfRange_isTheOneFault(String name, String value) {
    assertThat(faults(Map.of(name, value)))
        .singleElement()
        .asString()
        .startsWith(name + " must be ")
        .endsWith(", but is '" + value + "'");
  }

  private static List<String> faults(Map<String, String> given) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> WebSettings.read(given, HEAP, FILES))
        .faults();
  }
}
