package io.millrace.worker;

import io.millrace.model.ObjectKeys;
import io.millrace.object.FakeObjectStore;
import io.millrace.run.Fault;
import java.util.HashMap;
import java.util.Map;

/** Starts workers on fakes. */
final class TestWorker {
  static final ObjectKeys KEYS = new ObjectKeys("t/");

  private TestWorker() {}

  /** As {@link #start(Fault, WaitingQueue, WaitingQueue, FakeObjectStore, String...)}. */
  static WorkerTier start(
      WaitingQueue queue, WaitingQueue dead, FakeObjectStore store, String... pairs) {
    return start(new Fault(), queue, dead, store, pairs);
  }

  /** A worker with small, young rolls; settings in pairs of name and value. */
  static WorkerTier start(
      Fault fault, WaitingQueue queue, WaitingQueue dead, FakeObjectStore store, String... pairs) {
    Map<String, String> given = new HashMap<>();
    given.put("ADMIN_PORT", "0");
    given.put("BUCKET", "telemetry");
    given.put("KEY_PREFIX", KEYS.prefix());
    given.put("ROLL_MAX_BYTES", "1048576");
    given.put("ROLL_MAX_AGE_MS", "50");
    for (int i = 0; i < pairs.length; i += 2) {
      given.put(pairs[i], pairs[i + 1]);
    }
    return WorkerTier.start(WorkerSettings.read(given, 1L << 30), queue, dead, store, fault);
  }
}
