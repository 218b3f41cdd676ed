package io.millrace.toolbox.cat;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ObjectKeys;
import io.millrace.object.Content;
import io.millrace.object.FakeObjectStore;
import io.millrace.toolbox.hours.HourRange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketObjectsTest {
  private final FakeObjectStore store = new FakeObjectStore();
  private final HourRange.Converter time = new HourRange.Converter();

  private void put(String key) {
    store.putIfAbsent(key, Content.of(new byte[1]), "text/plain", Duration.ofSeconds(1));
  }

  private List<String> visit(String prefix, Instant from, Instant to) throws IOException {
    List<String> found = new ArrayList<>();
    try (BucketObjects objects = new BucketObjects(store, new ObjectKeys(prefix))) {
      objects.visit(new HourRange(from, to), found::add);
    }
    return found;
  }

  @Test
  void visit_moreThanAPage_findsAllInOrder() throws IOException {
    for (int i = 0; i < 2500; i++) {
      put(String.format("p/dt=2026-11-23/hour=05/%05d.ndjson.zst", i));
    }
    put("p/_claims/dt=2026-11-23/hour=05/b/1");
    put("p/dt=2026-11-23/hour=05/notes.txt");
    List<String> found = visit("p/", null, null);
    assertThat(found).hasSize(2500).isSorted();
  }

  @Test
  void visit_range_isHalfOpenInWholeHours() throws IOException {
    for (int hour = 3; hour < 9; hour++) {
      put("dt=2026-11-23/hour=0" + hour + "/a.ndjson.gz");
    }
    assertThat(visit("", time.convert("2026-11-23T05"), time.convert("2026-11-23T07")))
        .containsExactly("dt=2026-11-23/hour=05/a.ndjson.gz", "dt=2026-11-23/hour=06/a.ndjson.gz");
    assertThat(visit("", Instant.parse("2026-11-23T07:30:00Z"), null)).hasSize(2);
    assertThat(visit("", null, Instant.parse("2026-11-23T04:00:01Z"))).hasSize(2);
    assertThat(visit("", time.convert("2026-11-24"), null)).isEmpty();
    assertThat(visit("", null, time.convert("2026-11-23"))).isEmpty();
  }
}
