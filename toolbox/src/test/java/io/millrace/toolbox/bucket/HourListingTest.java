package io.millrace.toolbox.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ObjectKeys;
import io.millrace.object.Content;
import io.millrace.object.FakeObjectStore;
import io.millrace.object.ObjectInfo;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.toolbox.hours.HourRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HourListingTest {
  private final FakeObjectStore store = new FakeObjectStore();
  private final HourRange.Converter time = new HourRange.Converter();

  private void put(String key) {
    store.putIfAbsent(key, Content.of(new byte[1]), "text/plain", Duration.ofSeconds(1));
  }

  private List<String> list(String prefix, Instant from, Instant to) throws InterruptedException {
    Duration wait = Duration.ofMillis(1);
    Reads reads = new Reads(store, new Backoff(wait, wait, new Random(1)), new FakeTicker());
    HourRange hours = new HourRange(from, to);
    ObjectKeys keys = new ObjectKeys(prefix);
    HourListing listing = new HourListing(reads, prefix, hours, keys::isData);
    List<String> found = new ArrayList<>();
    for (ObjectInfo next = listing.next(); next != null; next = listing.next()) {
      found.add(next.key());
    }
    return found;
  }

  @Test
  void next_moreThanAPage_findsAllInOrder() throws InterruptedException {
    for (int i = 0; i < 2500; i++) {
      put(String.format("p/dt=2026-11-23/hour=05/%05d.ndjson.zst", i));
    }
    put("p/_claims/dt=2026-11-23/hour=05/b/1");
    put("p/dt=2026-11-23/hour=05/notes.txt");
    List<String> found = list("p/", null, null);
    assertThat(found).hasSize(2500).isSorted();
  }

  @Test
  void next_range_isHalfOpenInWholeHours() throws InterruptedException {
    for (int hour = 3; hour < 9; hour++) {
      put("dt=2026-11-23/hour=0" + hour + "/a.ndjson.gz");
    }
    assertThat(list("", time.convert("2026-11-23T05"), time.convert("2026-11-23T07")))
        .containsExactly("dt=2026-11-23/hour=05/a.ndjson.gz", "dt=2026-11-23/hour=06/a.ndjson.gz");
    assertThat(list("", Instant.parse("2026-11-23T07:30:00Z"), null)).hasSize(2);
    assertThat(list("", null, Instant.parse("2026-11-23T04:00:01Z"))).hasSize(2);
    assertThat(list("", time.convert("2026-11-24"), null)).isEmpty();
    assertThat(list("", null, time.convert("2026-11-23"))).isEmpty();
  }
}
