package io.millrace.worker.store;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.WRITER;
import static io.millrace.worker.StoreRig.KEYS;
import static io.millrace.worker.StoreRig.NO_ANSWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Claim;
import io.millrace.model.Hour;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.worker.StoreRig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final Hour HOUR = Hour.of(OPENED);
  private static final Hour NEXT_HOUR = Hour.of(OPENED + 3_600_000);

  private final StoreRig rig = StoreRig.empty();

  private static String batch(long seq) {
    return WRITER + "-" + seq;
  }

  private static Claim claim(int n, char random) {
    return new Claim(n, String.valueOf(random).repeat(16));
  }

  private void put(Hour hour, long seq, Claim claim) {
    rig.put(KEYS.claim(hour, batch(seq), claim), new byte[1]);
  }

  @Test
  void put_claim_isFound() throws InterruptedException {
    assertThat(rig.claims().put(HOUR, batch(1), claim(1, 'a')).result())
        .isEqualTo(new PutResult.Stored());
    assertThat(rig.store().keys())
        .containsExactly(
            "t/_claims/dt=2026-11-23/hour=03/" + batch(1) + "/00000001-aaaaaaaaaaaaaaaa");
    assertThat(rig.claims().to(HOUR, Set.of(batch(1))))
        .isEqualTo(Map.of(batch(1), List.of(claim(1, 'a'))));
  }

  @Test
  void put_noAnswer_tellsSo() throws InterruptedException {
    rig.store().answerNextPut(NO_ANSWER, true);
    assertThat(rig.claims().put(HOUR, batch(1), claim(1, 'a')).result()).isEqualTo(NO_ANSWER);
    assertThat(rig.claims().put(HOUR, batch(1), claim(1, 'a')).result())
        .isEqualTo(new PutResult.AlreadyThere());
  }

  @Test
  void to_storeListsOddly_findsAllAndEnds() throws InterruptedException {
    put(HOUR, 1, claim(1, 'a'));
    put(HOUR, 1, claim(2, 'b'));
    rig.put(KEYS.claims(HOUR) + batch(1) + "/", new byte[0]);
    rig.store().listInPagesOf(1);
    rig.store().beginListsWithEmptyPages(2);
    rig.store().listWhatStartAfterNames();
    assertThat(rig.claims().to(HOUR, Set.of(batch(1))))
        .isEqualTo(Map.of(batch(1), List.of(claim(1, 'a'), claim(2, 'b'))));
  }

  @Test
  void to_batchesAmongOthers_findsTheirsAlone() throws InterruptedException {
    for (long seq = 1; seq <= 20; seq++) {
      put(HOUR, seq, claim(1, 'a'));
    }
    put(NEXT_HOUR, 2, claim(5, 'a'));
    put(HOUR, 2, claim(2, 'b'));
    assertThat(rig.claims().to(HOUR, Set.of(batch(2), batch(12), batch(99))))
        .isEqualTo(
            Map.of(
                batch(2), List.of(claim(1, 'a'), claim(2, 'b')),
                batch(12), List.of(claim(1, 'a'))));
  }

  @Test
  void to_moreClaimsThanAPage_findsAll() throws InterruptedException {
    Set<String> batches = new TreeSet<>();
    for (long seq = 1; seq <= 700; seq++) {
      batches.add(batch(seq));
      for (int n = 1; n <= 3; n++) {
        put(HOUR, seq, claim(n, 'a'));
      }
    }
    Map<String, List<Claim>> all = rig.claims().to(HOUR, batches);
    assertThat(all.keySet()).isEqualTo(batches);
    assertThat(all.values()).allMatch(claims -> claims.size() == 3);
    assertThat(rig.claims().to(HOUR, Set.of(batch(1), batch(999 - 300)))).hasSize(2);
  }

  @Test
  void to_oneBatchWithMoreClaimsThanAPage_findsAll() throws InterruptedException {
    for (int n = 1; n <= 1001; n++) {
      put(HOUR, 1, claim(n, 'a'));
    }
    assertThat(rig.claims().to(HOUR, Set.of(batch(1))).get(batch(1))).hasSize(1001);
    assertThat(rig.claims().greatest(HOUR, Set.of(batch(1))))
        .isEqualTo(Map.of(batch(1), claim(1001, 'a')));
  }

  @Test
  void to_storeFailing_triesUntilItTells() throws InterruptedException {
    put(HOUR, 1, claim(1, 'a'));
    rig.store().failNext(3, new ObjectStoreException("away", 500, null));
    assertThat(rig.claims().to(HOUR, Set.of(batch(1)))).hasSize(1);
  }

  @Test
  void to_foreignNames_arePassedOver() throws InterruptedException {
    String folder = KEYS.claims(HOUR);
    rig.put(folder + batch(1) + "/notes.txt", new byte[1]);
    rig.put(folder + batch(1) + "/00000001-aaaaaaaaaaaaaaaa/deeper", new byte[1]);
    rig.put(folder + batch(1) + "/00000001-AAAAAAAAAAAAAAAA", new byte[1]);
    rig.put(folder + batch(1) + "zzz", new byte[1]);
    put(HOUR, 3, claim(1, 'a'));
    assertThat(rig.claims().to(HOUR, Set.of(batch(1), batch(3))))
        .isEqualTo(Map.of(batch(3), List.of(claim(1, 'a'))));
  }

  @Test
  void greatest_sameNumbers_isByTheRandomPart() throws InterruptedException {
    put(HOUR, 1, claim(2, 'f'));
    put(HOUR, 1, claim(10, 'a'));
    put(HOUR, 1, claim(10, 'b'));
    assertThat(rig.claims().greatest(HOUR, Set.of(batch(1), batch(2))))
        .isEqualTo(Map.of(batch(1), claim(10, 'b')));
  }
}
