package io.millrace.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.model.ObjectKeys;
import io.millrace.model.WriterId;
import io.millrace.object.ObjectStore;
import io.millrace.object.TracedStore;
import io.millrace.time.Backoff;
import io.millrace.trace.Tracing;
import io.millrace.worker.roll.BatchSpans;
import io.millrace.worker.roll.SuspectQueue;
import io.millrace.worker.store.Claims;
import io.millrace.worker.store.Gate;
import io.millrace.worker.store.StoreCalls;
import io.millrace.worker.store.StoreMetrics;
import io.millrace.worker.suspect.CheckMetrics;
import io.millrace.worker.suspect.HourCheck;
import io.millrace.worker.suspect.ManifestCache;
import io.millrace.worker.suspect.SuspectCheck;
import io.millrace.worker.upload.DataKeys;
import io.millrace.worker.upload.Layout;
import io.millrace.worker.upload.PayloadWriter;
import io.millrace.worker.upload.RollWriter;
import io.millrace.worker.upload.UploadMetrics;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker needs to talk to the store, wired.
 *
 * <p>Thread-safe.
 */
record StoreSide(
    Layout layout, UploadMetrics uploadMetrics, SuspectCheck check, CheckMetrics checkMetrics) {
  private static final Logger LOG = LoggerFactory.getLogger(StoreSide.class);

  /** What watches the calls. */
  record Watch(MeterRegistry registry, Tracing tracing) {}

  static StoreSide wire(
      WorkerSettings settings, ObjectStore store, Gate gate, Backoff backoff, Watch watch) {
    MeterRegistry registry = watch.registry();
    SecureRandom random = new SecureRandom();
    String worker = WriterId.next(backoff.ticker().now().epochMs(), random);
    LOG.info("Worker {} writes to {}", worker, settings.bucket());
    StoreMetrics storeMetrics = new StoreMetrics(registry, backoff.ticker());
    storeMetrics.watch(gate);
    // Else there is a PUT for each payload, and its key may hold an endpoint's token.
    ObjectStore called = settings.isRolled() ? TracedStore.of(store, watch.tracing()) : store;
    StoreCalls calls = new StoreCalls(called, gate, settings.putTimeout(), backoff, storeMetrics);
    ObjectKeys keys = new ObjectKeys(settings.keyPrefix());
    Claims claims = new Claims(calls, keys);
    UploadMetrics uploads = new UploadMetrics(registry, backoff.ticker());
    CheckMetrics checks = new CheckMetrics(registry);
    Layout layout =
        settings
            .objectFolder()
            .<Layout>map(folder -> new PayloadWriter(calls, keys, folder))
            .orElseGet(() -> new RollWriter(calls, claims, new DataKeys(keys, worker), uploads));
    HourCheck check =
        new HourCheck(
            calls,
            claims,
            new ManifestCache(calls, keys, settings.manifestBytes(heapBytes()), checks),
            random,
            checks);
    BatchSpans spans = new BatchSpans(watch.tracing(), backoff.ticker());
    return new StoreSide(
        roll -> spans.around("roll", "store", roll.batches(), () -> layout.write(roll)),
        uploads,
        suspects -> spans.around("checks", "check", suspects, () -> check.run(suspects)),
        checks);
  }

  private static long heapBytes() {
    return Runtime.getRuntime().maxMemory();
  }

  void watch(SuspectQueue suspects) {
    checkMetrics.watch(suspects);
  }
}
