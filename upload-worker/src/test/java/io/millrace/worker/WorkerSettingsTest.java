package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.config.ConfigurationException;
import io.millrace.object.PutHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {
  private static final long GIB = 1L << 30;

  private static List<String> faults(Map<String, String> given, long heapBytes) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> WorkerSettings.read(given, heapBytes))
        .faults();
  }

  @Test
  void read_onlyTheBucket_hasTheDefaults() {
    WorkerSettings settings = WorkerSettings.read(Map.of("BUCKET", "telemetry"), GIB);
    assertThat(settings.queueName()).isEqualTo("millrace");
    assertThat(settings.keyPrefix()).isEmpty();
    assertThat(settings.maxWorkers()).isEqualTo(4);
    assertThat(settings.rollMaxBytes()).isEqualTo(16 << 20);
    assertThat(settings.rollMaxAge()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.visibilityTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.putHeaders()).isEqualTo(PutHeaders.NONE);
    assertThat(settings.createResources()).isFalse();
    assertThat(settings.effective())
        .containsEntry("MAX_QUEUE", "4")
        .doesNotContainKey("KEY_PREFIX");
    assertThat(settings.isRolled()).isTrue();
  }

  @Test
  void read_severalFaults_namesThemAll() {
    Map<String, String> given = new HashMap<>();
    given.put("KEY_PREFIX", "no-slash");
    given.put("MAX_WORKERS", "0");
    given.put("ROLL_MAX_BYTES", "many");
    given.put("OBJECT_LAYOUT", "payloads");
    given.put("OBJECT_FOLDER", "{day}");
    given.put("MILLRACE_BUCKET", "x");
    assertThat(faults(given, GIB))
        .hasSize(7)
        .anyMatch(fault -> fault.startsWith("BUCKET must be") && fault.endsWith("is not set"))
        .anyMatch(fault -> fault.startsWith("KEY_PREFIX must be"))
        .anyMatch(fault -> fault.startsWith("MAX_WORKERS must be 1 to 256"))
        .anyMatch(fault -> fault.startsWith("ROLL_MAX_BYTES") && fault.contains("bytes, but is"))
        .anyMatch(fault -> fault.startsWith("OBJECT_LAYOUT must be rolled or payload"))
        .anyMatch(
            fault ->
                fault.startsWith("OBJECT_FOLDER must be names of")
                    && fault.contains("767")
                    && fault.endsWith("but is '{day}'"))
        .anyMatch(fault -> fault.startsWith("MILLRACE_BUCKET is no setting"));
  }

  @Test
  void read_bothRelationsBroken_namesBoth() {
    Map<String, String> given = Map.of("BUCKET", "telemetry", "VISIBILITY_TIMEOUT_SECONDS", "45");
    assertThat(faults(given, 230_686_719))
        .hasSize(2)
        .anyMatch(fault -> fault.contains("= 230686720 bytes, but is limited to 230686719"))
        .anyMatch(fault -> fault.contains("more than ROLL_MAX_AGE_MS + PUT_TIMEOUT_MS, 45000 ms"));
    assertThat(WorkerSettings.read(Map.of("BUCKET", "telemetry"), 230_686_720)).isNotNull();
  }

  @Test
  void read_layoutPayload_hasAFolder() {
    Map<String, String> given = new HashMap<>();
    given.put("BUCKET", "telemetry");
    given.put("OBJECT_LAYOUT", "payload");
    WorkerSettings settings = WorkerSettings.read(given, GIB);
    assertThat(settings.isRolled()).isFalse();
    assertThat(settings.objectFolder()).hasToString("Optional[dt={dt}/hour={hour}]");

    given.put("OBJECT_FOLDER", "{token}");
    assertThat(WorkerSettings.read(given, GIB).objectFolder()).hasToString("Optional[{token}]");
  }

  @Test
  void read_folderWithoutItsLayout_isRefused() {
    Map<String, String> given = Map.of("BUCKET", "telemetry", "OBJECT_FOLDER", "{token}");
    assertThat(faults(given, GIB)).singleElement().asString().contains("OBJECT_LAYOUT is rolled");
  }

  @Test
  void read_layoutPayload_needsRoomForLinesToo() {
    Map<String, String> given = Map.of("BUCKET", "telemetry", "OBJECT_LAYOUT", "payload");
    assertThat(faults(given, 255_852_543))
        .singleElement()
        .asString()
        .contains("lines + 8 MiB of dead letters = 255852544 bytes, but is limited to 255852543");
    assertThat(WorkerSettings.read(given, 255_852_544)).isNotNull();
  }

  @Test
  void read_keyPrefix_mayHaveFoldersButNoDotsToClimbBy() {
    for (String good : List.of("", "a/", "a/b=c/")) {
      Map<String, String> given = Map.of("BUCKET", "telemetry", "KEY_PREFIX", good);
      assertThat(WorkerSettings.read(given, GIB).keyPrefix()).isEqualTo(good);
    }
    for (String bad : List.of("/", "../", "a//", "a", "a b/")) {
      Map<String, String> given = Map.of("BUCKET", "telemetry", "KEY_PREFIX", bad);
      assertThatThrownBy(() -> WorkerSettings.read(given, GIB))
          .isInstanceOf(ConfigurationException.class);
    }
  }
}
