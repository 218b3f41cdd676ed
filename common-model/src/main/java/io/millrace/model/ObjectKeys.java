package io.millrace.model;

import java.util.regex.Pattern;

/**
 * Where things lie in the bucket. With {@code <hour>} as {@link Hour#path()}:
 *
 * <ul>
 *   <li>data: {@code <prefix><hour>/<ms of close>-<worker>-<n>.ndjson.zst} or {@code .gz}
 *   <li>manifest: {@code <prefix>_manifests/<hour>/<name of the data object>.json}
 *   <li>claim: {@code <prefix>_claims/<hour>/<batch>/<n, zero-padded>-<random>}
 *   <li>in the layout {@code payload}, instead of all these: {@code <prefix><folder>/<batch>-<n>}
 * </ul>
 *
 * <p>Prefixes that begin with an underscore are passed over by Spark and Athena.
 *
 * @param prefix empty, or ending in a slash
 */
public record ObjectKeys(String prefix) {
  private static final String MANIFESTS = "_manifests/";
  private static final String CLAIMS = "_claims/";
  private static final String JSON = ".json";
  private static final Pattern DATA =
      Pattern.compile("dt=\\d{4}-\\d\\d-\\d\\d/hour=\\d\\d/[^/]+\\.ndjson\\.(zst|gz)");

  public ObjectKeys {
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("prefix must be empty or end in /: " + prefix);
    }
  }

  /**
   * The key of a data object; used once, because the worker id is new at every process start and
   * {@code n} counts up.
   *
   * @param closedMs when the roll was closed, ms since the epoch
   */
  public String data(Hour hour, long closedMs, String worker, long n, Codec codec) {
    return prefix + hour.path() + "/" + closedMs + "-" + worker + "-" + n + codec.suffix();
  }

  /**
   * The key of the manifest that announces a data object.
   *
   * @param dataKey a key that {@link #data} made with this prefix
   */
  public String manifest(String dataKey) {
    if (!dataKey.startsWith(prefix)) {
      throw new IllegalArgumentException(dataKey + " does not begin with prefix " + prefix);
    }
    return prefix + MANIFESTS + dataKey.substring(prefix.length()) + JSON;
  }

  /** What the keys of an hour's data objects begin with. */
  public String hour(Hour hour) {
    return prefix + hour.path() + "/";
  }

  /** What the keys of an hour's manifests begin with. */
  public String manifests(Hour hour) {
    return prefix + MANIFESTS + hour.path() + "/";
  }

  /** What the keys of all manifests begin with. */
  public String manifests() {
    return prefix + MANIFESTS;
  }

  /** What the keys of all claims begin with. */
  public String claims() {
    return prefix + CLAIMS;
  }

  /** Whether the key has the form of a manifest's under this prefix. */
  public boolean isManifest(String key) {
    return key.startsWith(manifests())
        && key.endsWith(JSON)
        && isData(prefix + key.substring(manifests().length(), key.length() - JSON.length()));
  }

  /**
   * The key of the data object that a manifest announces.
   *
   * @param manifestKey for which {@link #isManifest} holds
   */
  public String dataOf(String manifestKey) {
    return prefix
        + manifestKey.substring(manifests().length(), manifestKey.length() - JSON.length());
  }

  /** What the keys of all claims to batches of an hour begin with. */
  public String claims(Hour hour) {
    return prefix + CLAIMS + hour.path() + "/";
  }

  /** What the keys of the claims to one batch begin with. */
  public String claims(Hour hour, String batch) {
    return claims(hour) + batch + "/";
  }

  /** The key of a claim to a batch. */
  public String claim(Hour hour, String batch, Claim claim) {
    return claims(hour, batch) + claim;
  }

  /**
   * The key of an object that holds one payload; the same whenever and by whomever it is written.
   *
   * @param folder of {@link FolderTemplate}
   * @param id of the payload's line, {@code <batch>-<n>}
   */
  public String payload(String folder, String id) {
    return prefix + folder + "/" + id;
  }

  /** Whether the key is one of a data object under this prefix, and no manifest or upload part. */
  public boolean isData(String key) {
    return key.startsWith(prefix) && DATA.matcher(key.substring(prefix.length())).matches();
  }
}
