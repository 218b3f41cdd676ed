package io.millrace.toolbox.audit.look;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What was found beside the batches themselves. Thread-safe. */
public final class Findings {
  /** Manifests whose data lies at their key. */
  public final AtomicLong objects = new AtomicLong();

  /** Bytes of these objects. */
  public final AtomicLong bytes = new AtomicLong();

  /** Manifests whose key holds a tombstone, and tombstones without a manifest. */
  public final AtomicLong tombstones = new AtomicLong();

  /** Manifests whose key holds nothing. */
  public final AtomicLong neverStored = new AtomicLong();

  private final List<Damage> damages = Collections.synchronizedList(new ArrayList<>());
  private final List<String> foreign = Collections.synchronizedList(new ArrayList<>());
  private final List<String> unread = Collections.synchronizedList(new ArrayList<>());

  /** Something is damaged. */
  public void damaged(Damage damage) {
    damages.add(damage);
  }

  /** A data object has no manifest. */
  public void foreign(String object) {
    foreign.add(object);
  }

  /** Something could not be read. */
  public void unread(String what) {
    unread.add(what);
  }

  /** What is damaged, by object and offset; a copy. */
  public List<Damage> damages() {
    return damages.stream()
        .distinct() // the deep check and a receipt may have met the same frame
        .sorted(Comparator.comparing(Damage::object).thenComparingLong(Damage::offset))
        .toList();
  }

  /** Data objects without a manifest, in order; a copy. */
  public List<String> foreign() {
    return foreign.stream().sorted().toList();
  }

  /** What could not be read, each with the reason, in order; a copy. */
  public List<String> unread() {
    return unread.stream().sorted().toList();
  }
}
