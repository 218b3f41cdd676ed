package io.millrace.simulation;

import io.millrace.model.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads claims from listed keys. */
final class Claims {
  private Claims() {}

  /** The claims to each batch. */
  static Map<String, List<Claim>> byBatch(List<String> keys) {
    Map<String, List<Claim>> claims = new TreeMap<>();
    for (String key : keys) {
      int name = key.lastIndexOf('/');
      String batch = key.substring(key.lastIndexOf('/', name - 1) + 1, name);
      claims
          .computeIfAbsent(batch, none -> new ArrayList<>())
          .add(Claim.parse(key.substring(name + 1)));
    }
    return claims;
  }

  /** The greatest claim to each batch. */
  static Map<String, Claim> greatest(List<String> keys) {
    Map<String, Claim> greatest = new TreeMap<>();
    byBatch(keys)
        .forEach(
            (batch, claims) ->
                claims.forEach(
                    each -> greatest.merge(batch, each, (a, b) -> a.compareTo(b) > 0 ? a : b)));
    return greatest;
  }
}
