package io.millrace.worker.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.object.FakeObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.pace.Backoff;
import io.millrace.pace.FakeTicker;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConditionalPutCheckTest {
  private final FakeObjectStore store = new FakeObjectStore();
  private final FakeTicker ticker = new FakeTicker();

  private void check() throws InterruptedException {
    Backoff backoff =
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(8), new Random(1), ticker);
    ConditionalPutCheck.run(store, "t/", Duration.ofSeconds(1), backoff);
  }

  @Test
  void run_twice_leavesOneObject() throws InterruptedException {
    check();
    check();
    assertThat(store.keys()).containsExactly("t/_probe");
  }

  @Test
  void run_conflictWithAnotherWorker_isTriedAgain() {
    store.answerNextPut(
        new PutResult.Unknown(new ObjectStoreException("conflict", 409, null)), false);
    assertThatCode(this::check).doesNotThrowAnyException();
    assertThat(ticker.pauses()).hasSize(1);
  }

  @Test
  void run_writingForbidden_isRefused() {
    store.answerNextPut(
        new PutResult.Unknown(new ObjectStoreException("forbidden", 403, null)), false);
    assertThatThrownBy(this::check)
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("can't write")
        .hasMessageContaining("forbidden");
  }

  @Test
  void run_readingForbidden_isRefused() {
    store.failNext(1, new ObjectStoreException("forbidden", 403, null));
    assertThatThrownBy(this::check)
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("can't read")
        .hasMessageContaining("forbidden");
  }

  @Test
  void run_storeThatOverwrites_isRefused() {
    store.ignoreIfNoneMatch();
    assertThatThrownBy(this::check)
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("ignores If-None-Match");
  }
}
