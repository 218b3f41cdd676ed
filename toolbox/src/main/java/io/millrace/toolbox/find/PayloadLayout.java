package io.millrace.toolbox.find;

import io.millrace.model.Receipt;
import io.millrace.object.Listing;
import io.millrace.object.ObjectInfo;
import io.millrace.toolbox.bucket.Reads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Layout {@code payload}: an object a payload, whose key ends in the line's id. Version and token,
 * which the folder may be made of, are not in a receipt; so all keys under the prefix are looked
 * at.
 *
 * @param prefix what the keys begin with, down to as much of the folder as is known
 */
record PayloadLayout(Reads reads, String prefix) {
  /** A payload fits a message of 1 MiB; whatever is longer by far is none of ours. */
  private static final int MAX_PAYLOAD_BYTES = 16 << 20;

  /**
   * Finds the payloads of a receipt.
   *
   * @throws IOException if an object can't be read
   * @throws io.millrace.object.ObjectStoreException if the store refuses or does not answer
   */
  Found find(List<Receipt> wanted) throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    for (Receipt part : wanted) {
      for (int n = part.first(); n < part.first() + part.count(); n++) {
        ids.add(part.batch() + "-" + n);
      }
    }
    Set<String> left = new HashSet<>(ids);
    Map<String, String> keys = new HashMap<>();
    long looked = search(left, keys);
    List<FoundPart> parts = new ArrayList<>();
    for (String id : ids) {
      String key = keys.get(id);
      if (key != null) {
        byte[] payload = reads.whole(key, MAX_PAYLOAD_BYTES);
        parts.add(new FoundPart(id, key, 0, payload.length, List.of(payload)));
      }
    }
    List<String> missing = ids.stream().filter(left::contains).toList();
    String where = "looked through " + looked + " keys under '" + prefix + "'";
    return new Found(parts, missing, List.of(where), Map.of());
  }

  private long search(Set<String> left, Map<String, String> keys) throws InterruptedException {
    long looked = 0;
    Listing listing = reads.listing(prefix, null);
    ObjectInfo object = listing.next();
    while (object != null) {
      looked++;
      String name = object.key().substring(object.key().lastIndexOf('/') + 1);
      if (left.remove(name)) {
        keys.put(name, object.key());
      }
      object = left.isEmpty() ? null : listing.next();
    }
    return looked;
  }
}
