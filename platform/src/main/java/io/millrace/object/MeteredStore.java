package io.millrace.object;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * A store that counts its calls, as the service bills them.
 *
 * <p>Thread-safe. Closes the store behind it.
 */
public final class MeteredStore implements ObjectStore {
  private final ObjectStore store;
  private final Counter puts;
  private final Counter heads;
  private final Counter lists;
  private final Counter gets;
  private final Counter written;
  private final Counter read;

  /** Counts the calls to a store. */
  public MeteredStore(ObjectStore store, MeterRegistry registry) {
    this.store = store;
    puts = requests("put", registry);
    heads = requests("head", registry);
    lists = requests("list", registry);
    gets = requests("get", registry);
    written = bytes("put", registry);
    read = bytes("get", registry);
  }

  @Override
  public PutResult putIfAbsent(String key, Content content, String contentType, Duration timeout) {
    PutResult result = store.putIfAbsent(key, content, contentType, timeout);
    puts.increment();
    written.increment((double) content.length());
    return result;
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    Optional<ObjectInfo> info = store.head(key);
    heads.increment();
    return info;
  }

  @Override
  public ListPage list(ListCursor from) {
    ListPage page = store.list(from);
    lists.increment();
    return page;
  }

  /** The bytes of the stream are not counted. */
  @Override
  public InputStream get(String key) {
    InputStream stream = store.get(key);
    gets.increment();
    return stream;
  }

  @Override
  public Optional<byte[]> read(String key) {
    Optional<byte[]> bytes = store.read(key);
    gets.increment();
    read.increment(bytes.map(b -> b.length).orElse(0));
    return bytes;
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    byte[] bytes = store.get(key, offset, length);
    gets.increment();
    read.increment(bytes.length);
    return bytes;
  }

  @Override
  public void checkBucket(String prefix) {
    store.checkBucket(prefix);
    lists.increment();
  }

  @Override
  public void close() {
    store.close();
  }

  private static Counter requests(String call, MeterRegistry registry) {
    return counter("millrace.s3.requests", "Calls to S3 that returned", call, registry);
  }

  private static Counter bytes(String call, MeterRegistry registry) {
    return counter("millrace.s3.object.bytes", "Bytes of objects", call, registry);
  }

  private static Counter counter(
      String name, String description, String call, MeterRegistry registry) {
    return Counter.builder(name).description(description).tag("call", call).register(registry);
  }
}
