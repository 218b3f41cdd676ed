package io.millrace.worker.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriteRulesTest {
  private static final PutResult STORED = new PutResult.Stored();
  private static final PutResult THERE = new PutResult.AlreadyThere();
  private static final PutResult UNKNOWN =
      new PutResult.Unknown(new ObjectStoreException("refused", 403, null));

  @Test
  void first_newKey_isTheManifest() {
    assertThat(WriteRules.first()).isEqualTo(new WriteStep.PutManifest(0));
  }

  @Test
  void afterManifest_storedOrThere_isTheData() {
    WriteStep.PutManifest step = new WriteStep.PutManifest(2);
    assertThat(WriteRules.afterManifest(step, STORED)).isEqualTo(new WriteStep.PutData(0));
    assertThat(WriteRules.afterManifest(step, THERE)).isEqualTo(new WriteStep.PutData(0));
  }

  @Test
  void afterManifest_unknown_isTheManifestAgain() {
    assertThat(WriteRules.afterManifest(new WriteStep.PutManifest(2), UNKNOWN))
        .isEqualTo(new WriteStep.PutManifest(3));
  }

  @Test
  void afterData_refusal_isTheSameDataAgain() {
    assertThat(WriteRules.afterData(new WriteStep.PutData(0), UNKNOWN))
        .isEqualTo(new WriteStep.PutData(1));
  }

  @Test
  void afterData_storedOrThere_isDoneOrALook() {
    WriteStep.PutData step = new WriteStep.PutData(1);
    assertThat(WriteRules.afterData(step, STORED)).isEqualTo(new WriteStep.Stored());
    assertThat(WriteRules.afterData(step, THERE)).isEqualTo(new WriteStep.Look(0));
  }

  @Test
  void afterLook_ourSize_isStored() {
    assertThat(look(Optional.of(new ObjectInfo("k", 100)))).isEqualTo(new WriteStep.Stored());
  }

  @Test
  void afterLook_tombstone_takesANewKey() {
    assertThat(look(Optional.of(new ObjectInfo("k", 9)))).isEqualTo(new WriteStep.TakeNewKey());
  }

  @Test
  void afterLook_nothing_putsTheSameDataAgain() {
    assertThat(look(Optional.empty())).isEqualTo(new WriteStep.PutData(1));
  }

  @Test
  void afterFailedLook_any_looksAgain() {
    WriteStep again = WriteRules.afterFailedLook(new WriteStep.Look(4));
    assertThat(again).isEqualTo(new WriteStep.Look(5));
    assertThat(again.failuresBefore()).isEqualTo(5);
  }

  private static WriteStep look(Optional<ObjectInfo> found) {
    return WriteRules.afterLook(new WriteStep.Look(0), 100, found);
  }
}
