package io.millrace.worker.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.model.Claim;
import io.millrace.model.Hour;
import io.millrace.model.ObjectKeys;
import io.millrace.object.Content;
import io.millrace.object.Listing;
import io.millrace.object.ObjectInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The claims in the store.
 *
 * <p>Thread-safe.
 */
public final class Claims {
  private static final String MEDIA_TYPE = "text/plain";

  private final StoreCalls calls;
  private final ObjectKeys keys;

  public Claims(StoreCalls calls, ObjectKeys keys) {
    this.calls = calls;
    this.keys = keys;
  }

  /**
   * All claims to the batches. Lists the part of the hour's claims between the first and the last
   * of them, so that one call is enough for many batches if there are few claims.
   *
   * @param batches of this hour, at least one
   * @return batches without claims are absent
   */
  public Map<String, List<Claim>> to(Hour hour, Collection<String> batches)
      throws InterruptedException {
    String folder = keys.claims(hour);
    List<String> folders = batches.stream().map(batch -> folder + batch + "/").toList();
    String lastFolder = Collections.max(folders);
    Set<String> wanted = Set.copyOf(batches);
    Map<String, List<Claim>> found = new HashMap<>();
    Listing listing = calls.listing(folder, Collections.min(folders));
    ObjectInfo info = listing.next();
    while (info != null && !isBehind(info.key(), lastFolder)) {
      add(info.key().substring(folder.length()), wanted, found);
      info = listing.next();
    }
    return found;
  }

  /** The greatest claim to each batch; see {@link #to}. */
  public Map<String, Claim> greatest(Hour hour, Collection<String> batches)
      throws InterruptedException {
    Map<String, Claim> greatest = new HashMap<>();
    to(hour, batches)
        .forEach((batch, claims) -> claims.forEach(c -> greatest.merge(batch, c, Claims::max)));
    return greatest;
  }

  /** One try to put a claim; see {@link StoreCalls#tryPut}. */
  public StoreCalls.Put put(Hour hour, String batch, Claim claim) throws InterruptedException {
    return calls.tryPut(
        "claim",
        keys.claim(hour, batch, claim),
        Content.of((batch + "\n").getBytes(US_ASCII)),
        MEDIA_TYPE);
  }

  private static Claim max(Claim a, Claim b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static boolean isBehind(String key, String folder) {
    return key.compareTo(folder) > 0 && !key.startsWith(folder);
  }

  /** What has another form was put there by someone else, and claims nothing. */
  private static void add(String name, Set<String> wanted, Map<String, List<Claim>> found) {
    int slash = Math.max(0, name.indexOf('/'));
    String batch = name.substring(0, slash);
    String claim = name.substring(slash + 1);
    if (wanted.contains(batch) && Claim.isValid(claim)) {
      found.computeIfAbsent(batch, b -> new ArrayList<>(1)).add(Claim.parse(claim));
    }
  }
}
