package io.millrace.worker.suspect;

import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.model.Manifest;
import io.millrace.model.ManifestReader;
import io.millrace.model.ObjectKeys;
import io.millrace.object.Listing;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStoreException;
import io.millrace.worker.store.StoreCalls;
import io.millrace.worker.suspect.Naming.NamedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one hour's rolls: which batches every manifest names that was read so far, since
 * manifests never change, and what lies at their keys, since a key's fate is written once. That
 * nothing lies at a key yet is not remembered.
 *
 * <p>What is kept is counted by {@link ManifestCache}, and takes 1 to 2 bytes for each batch and
 * {@value #MANIFEST_BYTES} for each manifest. A manifest for which there is no room, or that names
 * more writers than can be packed, is read again for each check, so that memory is bounded whatever
 * an hour holds.
 *
 * <p><b>What is no manifest, though it lies at the key of one, announces nothing and is passed
 * over:</b> a worker writes a manifest by one PUT of the whole, as this version's form has it and
 * within its bounds, so no worker wrote it. A manifest of a later version may announce anything,
 * and so may one that is listed and can't be read: {@link Naming#unread} has their keys.
 *
 * <p>Checksums are not kept: a manifest that names a batch that is asked for is read once more. Few
 * do.
 *
 * <p>Thread-safe.
 */
final class HourManifests {
  /** What a manifest takes beside its packed batches: its name, and its places in tables. */
  static final long MANIFEST_BYTES = 320;

  /** Most that a manifest takes while it is read. */
  static final int READ_BYTES = ManifestStream.PART_BYTES + NamedBatches.Builder.MAX_BYTES;

  /** What a writer takes: its name, and its places in two tables. */
  static final long WRITER_BYTES = 200;

  private final StoreCalls calls;
  private final ObjectKeys keys;
  private final Hour hour;
  private final CheckMetrics metrics;
  private final ManifestCache cache;
  private final Map<String, Integer> writers = new HashMap<>();
  private final List<String> writerNames = new ArrayList<>();
  private final Map<String, Announced> known = new ConcurrentHashMap<>();

  /** One manifest. */
  private static final class Announced {
    private final NamedBatches batches;
    private final long bytes;

    /** Whether it can be read, and always will be. */
    private final boolean isRead;

    /** Whether {@link #batches} has all of them. */
    private final boolean isPacked;

    /** Of what lies at the data key, -1 while that is not known. */
    private volatile long size = -1;

    Announced(NamedBatches batches, long bytes, boolean isRead, boolean isPacked) {
      this.batches = batches;
      this.bytes = bytes;
      this.isRead = isRead;
      this.isPacked = isPacked;
    }

    /** It names no batch that can be read. */
    static Announced nothing(boolean isRead) {
      return new Announced(NamedBatches.NONE, 0, isRead, true);
    }
  }

  HourManifests(
      StoreCalls calls, ObjectKeys keys, Hour hour, CheckMetrics metrics, ManifestCache cache) {
    this.calls = calls;
    this.keys = keys;
    this.hour = hour;
    this.metrics = metrics;
    this.cache = cache;
  }

  /**
   * Lists all manifests there are now, reads those that are not known, and looks for the batches.
   */
  synchronized Naming naming(Collection<String> batches) throws InterruptedException {
    Map<String, long[]> asked = numbers(batches);
    Set<String> wanted = Set.copyOf(batches);
    Naming naming = new Naming();
    Listing listing = calls.listing(keys.manifests(hour), null);
    for (ObjectInfo info = listing.next(); info != null; info = listing.next()) {
      if (keys.isManifest(info.key())) {
        look(info, asked, wanted, naming);
      }
    }
    return naming;
  }

  /** Each writer's numbers in ascending order. */
  private static Map<String, long[]> numbers(Collection<String> batches) {
    Map<String, List<Long>> byWriter = new HashMap<>();
    for (String batch : batches) {
      BatchId id = BatchId.parse(batch);
      byWriter.computeIfAbsent(id.writer(), writer -> new ArrayList<>()).add(id.seq());
    }
    Map<String, long[]> numbers = new HashMap<>();
    byWriter.forEach(
        (writer, seqs) ->
            numbers.put(writer, seqs.stream().mapToLong(seq -> seq).sorted().toArray()));
    return numbers;
  }

  private void look(ObjectInfo info, Map<String, long[]> asked, Set<String> wanted, Naming naming)
      throws InterruptedException {
    String name = info.key().substring(keys.manifests(hour).length());
    int writersBefore = writerNames.size();
    Map<String, String> crcs = new HashMap<>(0);
    try {
      Announced kept = known.get(name);
      Announced announced = kept == null ? read(info, wanted, crcs) : kept;
      if (announced == null) {
        return;
      }
      Collection<String> found = kept == null ? crcs.keySet() : find(kept, asked);
      if (kept != null && !found.isEmpty()) {
        read(info, wanted, crcs);
      }
      String dataKey = keys.dataOf(info.key());
      for (String batch : found) {
        naming.add(batch, new NamedBatch(dataKey, announced.bytes, crcs.getOrDefault(batch, "")));
      }
      if (!announced.isRead) {
        naming.unread().add(info.key());
      }
      if (kept == null && announced.isPacked) {
        keep(name, announced, writersBefore);
      }
    } catch (UnreadableException e) {
      metrics.noManifest(info, e);
      naming.unread().add(info.key()); // it may be read the next time
    }
  }

  private List<String> find(Announced announced, Map<String, long[]> asked) {
    List<String> found = new ArrayList<>(0);
    announced.batches.find(
        writer -> asked.get(writerNames.get(writer)),
        (writer, seq) -> found.add(writerNames.get(writer) + "-" + seq));
    return found;
  }

  private void keep(String name, Announced announced, int writersBefore) {
    int newWriters = writerNames.size() - writersBefore;
    long bytes = MANIFEST_BYTES + announced.batches.bytes() + WRITER_BYTES * newWriters;
    if (cache.keep(this, bytes)) {
      known.put(name, announced);
      return;
    }
    while (writerNames.size() > writersBefore) {
      writers.remove(writerNames.remove(writerNames.size() - 1));
    }
  }

  private int number(String writer) {
    return writers.computeIfAbsent(
        writer,
        name -> {
          writerNames.add(name);
          return writerNames.size() - 1;
        });
  }

  /** What lies at a data key, if that is known; then it is so for ever. */
  OptionalLong knownSize(String dataKey) {
    Announced announced = known.get(name(dataKey));
    return announced == null || announced.size < 0
        ? OptionalLong.empty()
        : OptionalLong.of(announced.size);
  }

  /** Something of this size lies at a data key. */
  void remember(String dataKey, long size) {
    Announced announced = known.get(name(dataKey));
    if (announced != null) {
      announced.size = size;
    }
  }

  /** The data key that a manifest announces. */
  String dataOf(String manifestKey) {
    return keys.dataOf(manifestKey);
  }

  /** Forgets all manifests; they are read again when they are asked for. */
  void forget() {
    known.clear(); // a check that is at this hour reads on
  }

  private String name(String dataKey) {
    return keys.manifest(dataKey).substring(keys.manifests(hour).length());
  }

  /**
   * Reads a manifest.
   *
   * @param crcs gets those of the wanted batches that it names, with their checksums
   * @return null if it has been deleted since it was listed
   * @throws UnreadableException if it is there and does not come
   */
  private @Nullable Announced read(ObjectInfo info, Set<String> wanted, Map<String, String> crcs)
      throws InterruptedException {
    NamedBatches.Builder named = new NamedBatches.Builder();
    try (ManifestStream in = new ManifestStream(calls, info)) {
      if (info.size() > Manifest.MAX_BYTES) {
        throw new IllegalArgumentException("longer than any manifest, " + Manifest.MAX_BYTES);
      }
      long bytes =
          ManifestReader.batches(
              in,
              (batch, crc) -> {
                named.add(batch);
                if (wanted.contains(batch)) {
                  crcs.put(batch, crc);
                }
              });
      if (bytes <= Codec.ofKey(keys.dataOf(info.key())).emptyFrame().length) {
        throw new IllegalArgumentException("its object is no longer than a tombstone");
      }
      metrics.manifestRead();
      return named.isGivenUp()
          ? new Announced(NamedBatches.NONE, bytes, true, false)
          : new Announced(named.pack(this::number), bytes, true, true);
    } catch (Manifest.LaterVersionException e) {
      metrics.noManifest(info, e);
      crcs.clear();
      return Announced.nothing(false);
    } catch (ManifestStream.GoneException e) {
      checkIsGone(info.key());
      return null;
    } catch (ManifestStream.StoppedException e) {
      throw e.interrupted();
    } catch (IllegalArgumentException e) {
      metrics.noManifest(info, e);
      crcs.clear();
      return Announced.nothing(true);
    } catch (IOException | ObjectStoreException e) {
      throw new UnreadableException("it can't be read: " + e.getMessage(), e);
    }
  }

  /** It may have been deleted since it was listed; else it is unread, and must not be skipped. */
  private void checkIsGone(String key) throws InterruptedException {
    ObjectInfo first = calls.listing(key, null).next(); // no other that begins so is before it
    if (first != null && first.key().equals(key)) {
      throw new UnreadableException("it is listed, but can't be read", null);
    }
  }

  /** A manifest is there and does not come. */
  private static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
