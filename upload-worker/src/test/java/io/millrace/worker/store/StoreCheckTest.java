package io.millrace.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ObjectKeys;
import io.millrace.object.Content;
import io.millrace.object.FakeObjectStore;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoreCheckTest {
  private static final String FOLDER = "t/_claims/";

  private final FakeObjectStore store = new FakeObjectStore();
  private final FakeTicker ticker = new FakeTicker();

  private void check(ObjectStore checked) throws InterruptedException {
    Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(8), new Random(1));
    new StoreCheck(checked, Duration.ofSeconds(1), backoff, ticker).all(FOLDER);
  }

  private void assertRefused(ObjectStore checked, String... said) {
    assertThatThrownBy(() -> check(checked))
        .isInstanceOf(ObjectStoreException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(said).doesNotContain("\n"));
  }

  @Test
  void all_twice_leavesTwoObjectsThatNoReaderTakesForData() throws InterruptedException {
    check(store);
    check(store);
    assertThat(store.keys()).containsExactly("t/_claims/_probe", "t/_claims/_probe.2");
    ObjectKeys keys = new ObjectKeys("t/");
    assertThat(store.keys()).noneMatch(key -> keys.isData(key) || keys.isManifest(key));
  }

  @Test
  void all_otherProbesBetween_arePassedOver() throws InterruptedException {
    for (String other : List.of("_probe-1795404920123", "_probe-1795404920124", "_a", "b")) {
      store.putIfAbsent(
          FOLDER + other, Content.of(new byte[9]), "text/plain", Duration.ofSeconds(1));
    }
    check(store);
  }

  @Test
  void writing_only_leavesOneObject() throws InterruptedException {
    Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(8), new Random(1));
    new StoreCheck(store, Duration.ofSeconds(1), backoff, ticker).writing("t/");
    assertThat(store.keys()).containsExactly("t/_probe");
  }

  @Test
  void all_conflictWithAnotherWorker_isTriedAgain() {
    store.answerNextPut(
        new PutResult.Unknown(new ObjectStoreException("conflict", 409, null)), false);
    assertThatCode(() -> check(store)).doesNotThrowAnyException();
    assertThat(ticker.pauses()).hasSize(1);
  }

  @Test
  void all_writingForbidden_isRefused() {
    store.answerNextPut(
        new PutResult.Unknown(new ObjectStoreException("forbidden", 403, null)), false);
    assertRefused(store, "can't write", "forbidden");
  }

  @Test
  void all_readingForbidden_isRefused() {
    store.failNext(1, new ObjectStoreException("forbidden", 403, null));
    assertRefused(store, "can't read", "forbidden");
  }

  @Test
  void all_storeThatOverwrites_isRefused() {
    store.ignoreIfNoneMatch();
    assertRefused(store, "ignores If-None-Match");
  }

  @Test
  void all_otherBytesComeBack_isRefused() {
    store.putIfAbsent(
        FOLDER + StoreCheck.KEY, Content.of(new byte[3]), "text/plain", Duration.ofSeconds(1));
    assertRefused(store, "doesn't give what was put", "3 others came");
  }

  @Test
  void all_absentKeysAnswered403_namesListBucket() {
    store.refuseHeads(key -> !store.has(key), new ObjectStoreException("status 403", 403, null));
    assertRefused(store, "403 and not with 404", "s3:ListBucket");
  }

  @Test
  void all_headOfWhatIsThereForbidden_namesGetObject() {
    store.refuseHeads(store::has, new ObjectStoreException("status 403", 403, null));
    assertRefused(store, "s3:GetObject");
  }

  @Test
  void all_headWithoutTheSize_isRefused() {
    assertRefused(
        OddStore.heading(store, there -> there.map(info -> new ObjectInfo(info.key(), 0))),
        "HEAD of t/_claims/_probe tells of 0 bytes");
  }

  @Test
  void all_headThatAlwaysFinds_isRefused() {
    assertRefused(
        OddStore.heading(store, there -> Optional.of(there.orElse(new ObjectInfo("whatever", 56)))),
        "HEAD tells of an object",
        "none was ever put");
  }

  @Test
  void all_listInReverse_isRefused() {
    assertRefused(
        OddStore.listing(
            store,
            (all, from) -> {
              List<ObjectInfo> reversed = new ArrayList<>(all);
              Collections.reverse(reversed);
              return from.page(reversed, false, null);
            }),
        "not in ascending order",
        "ListObjectsV2");
  }

  @Test
  void all_listThatIgnoresThePrefix_isRefused() {
    assertRefused(
        OddStore.listing(
            store, (all, from) -> from.page(List.of(new ObjectInfo("else", 1)), false, null)),
        "ignores the prefix: it brought else");
  }

  @Test
  void all_listThatEndsAfterItsFirstPage_isRefused() {
    assertRefused(
        OddStore.listing(store, (all, from) -> from.page(all.subList(0, 1), false, null)),
        "in pages of 1 brought [t/_claims/_probe], not");
  }

  @Test
  void all_listThatMakesNoProgress_isRefused() {
    assertRefused(
        OddStore.listing(
            store,
            (all, from) -> from.page(all.isEmpty() ? all : all.subList(0, 1), true, "token")),
        "makes no progress");
  }

  @Test
  void all_listWithOtherSizes_isRefused() {
    assertRefused(
        OddStore.listing(
            store,
            (all, from) ->
                from.page(
                    all.stream().map(info -> new ObjectInfo(info.key(), 7)).toList(), false, null)),
        "LIST tells of 7 bytes at t/_claims/_probe");
  }

  @Test
  void all_listThatIsEmpty_isRefused() {
    assertRefused(
        OddStore.listing(store, (all, from) -> from.page(List.of(), false, null)), "brought []");
  }

  /** Every listing leaves out what lies up to start-after, so that is no reason to stay away. */
  @Test
  void all_listThatBeginsAtStartAfter_isTaken() {
    store.listWhatStartAfterNames();
    assertThatCode(() -> check(store)).doesNotThrowAnyException();
  }

  @Test
  void all_listThatBeginsWithEmptyPages_isTaken() {
    store.beginListsWithEmptyPages(3);
    assertThatCode(() -> check(store)).doesNotThrowAnyException();
  }
}
