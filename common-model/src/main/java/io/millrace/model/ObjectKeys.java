package io.millrace.model;

/**
 * Where things lie in the bucket. With {@code <hour>} as {@link Hour#path()}:
 *
 * <ul>
 *   <li>data: {@code <prefix><hour>/<ms of close>-<worker>-<n>.ndjson.zst} or {@code .gz}
 *   <li>manifest: {@code <prefix>_manifests/<hour>/<name of the data object>.json}
 * </ul>
 *
 * <p>Prefixes that begin with an underscore are passed over by Spark and Athena.
 *
 * @param prefix empty, or ending in a slash
 */
public record ObjectKeys(String prefix) {
  private static final String MANIFESTS = "_manifests/";

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
    return prefix + MANIFESTS + dataKey.substring(prefix.length()) + ".json";
  }

  /** Whether the key is one of a data object under this prefix, and no manifest or upload part. */
  public boolean isData(String key) {
    if (!key.startsWith(prefix)) {
      return false;
    }
    String rest = key.substring(prefix.length());
    return rest.matches("dt=\\d{4}-\\d\\d-\\d\\d/hour=\\d\\d/[^/]+\\.ndjson\\.(zst|gz)");
  }
}
