package io.millrace.toolbox.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.object.Content;
import io.millrace.object.FakeObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeObjectStore store = new FakeObjectStore();
  private final FakeTicker ticker = new FakeTicker();
  private final Reads reads = new Reads(store, new Backoff(SECOND, SECOND, new Random(1)), ticker);

  @BeforeEach
  void fill() {
    store.putIfAbsent("k", Content.of(new byte[] {1, 2, 3}), "x", SECOND);
  }

  @Test
  void use_storeFailsThenAnswers_startsAgain() throws Exception {
    int[] uses = {0};
    byte[] read =
        reads.use(
            "k",
            in -> {
              if (uses[0]++ < 2) {
                throw new ObjectStoreException("broke off", 503, null);
              }
              return in.readAllBytes();
            });
    assertThat(read).containsExactly(1, 2, 3);
    assertThat(ticker.pauses()).hasSize(2);
  }

  @Test
  void list_storeStaysAway_givesUpAfterFourTries() {
    store.failWith(new ObjectStoreException("no answer"));
    assertThatThrownBy(() -> reads.listing("", null).next()).hasMessage("no answer");
    assertThat(ticker.pauses()).hasSize(3);
  }

  @Test
  void part_throttled_isTriedAgain() {
    store.failWith(ObjectStoreException.throttled("too many", 429, null));
    assertThatThrownBy(() -> reads.part("k", 0, 1)).hasMessage("too many");
    assertThat(ticker.pauses()).hasSize(3);
  }

  @Test
  void whole_refused_isNotTriedAgain() {
    store.failWith(new ObjectStoreException("forbidden", 403, null));
    assertThatThrownBy(() -> reads.whole("k", 100)).hasMessage("forbidden");
    assertThat(ticker.pauses()).isEmpty();
  }

  @Test
  void use_contentMakesNoSense_isNotTriedAgain() {
    assertThatThrownBy(
            () ->
                reads.use(
                    "k",
                    in -> {
                      throw new IOException("nonsense");
                    }))
        .hasMessage("nonsense");
    assertThat(ticker.pauses()).isEmpty();
  }
}
