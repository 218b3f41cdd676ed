package io.millrace.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeteredStoreTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MeteredStore store = new MeteredStore(new FakeObjectStore(), registry);

  @Test
  void calls_ofEachKind_areCountedWithTheirBytes() {
    store.putIfAbsent("a", Content.of(new byte[100]), "text/plain", Duration.ofSeconds(1));
    assertThat(store.head("a")).isPresent();
    assertThat(store.list(ListCursor.of("", null)).objects()).hasSize(1);
    assertThat(store.read("a")).isPresent();
    assertThat(store.read("b")).isEmpty();
    assertThat(store.get("a", 10, 20)).hasSize(20);

    assertThat(count("requests", "put")).isEqualTo(1);
    assertThat(count("object.bytes", "put")).isEqualTo(100);
    assertThat(count("requests", "head")).isEqualTo(1);
    assertThat(count("requests", "list")).isEqualTo(1);
    assertThat(count("requests", "get")).isEqualTo(3);
    assertThat(count("object.bytes", "get")).isEqualTo(120);
  }

  private double count(String name, String call) {
    return registry.get("millrace.s3." + name).tag("call", call).counter().count();
  }
}
