package io.millrace.worker.suspect;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.StoreRig.KEYS;

import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.worker.StoreRig;
import io.millrace.worker.exactlyonce.StoreOnceRules.Place;
import io.millrace.worker.roll.ClosedRoll;
import io.millrace.worker.roll.ClosedRoll.CloseCause;
import io.millrace.worker.roll.ClosedRoll.RollKey;
import io.millrace.worker.settle.HeldBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A roll of another worker, whose manifest lies in the store. */
record Announced(StoreRig rig, String key, ClosedRoll roll) {
  private static final String WORKER = "01JDBXV5ZD0000000000000W0K";

  /** Puts the manifest of its {@code n}th roll. */
  static Announced roll(StoreRig rig, long n, HeldBatch... batches) {
    Codec codec = Codec.ofLabel(batches[0].header().codec());
    Hour hour = batches[0].hour();
    ClosedRoll roll =
        new ClosedRoll(new RollKey(hour, codec), List.of(batches), CloseCause.AGE, OPENED);
    String key = KEYS.data(hour, OPENED, WORKER, n, codec);
    rig.put(KEYS.manifest(key), roll.manifest(key).toJson());
    return new Announced(rig, key, roll);
  }

  /** Puts its data. */
  Announced store() {
    try {
      rig.put(key, roll.content().open().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("reading memory", e);
    }
    return this;
  }

  /** Puts a tombstone in its place. */
  Announced fence() {
    rig.put(key, roll.key().codec().emptyFrame());
    return this;
  }

  Place place() {
    return new Place(key, roll.content().length(), true);
  }
}
