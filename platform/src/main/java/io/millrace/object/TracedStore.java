package io.millrace.object;

import io.millrace.trace.TraceSpan;
import io.millrace.trace.Tracing;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose calls are spans of the work that they are made for.
 *
 * <p>Thread-safe. Closes the store behind it.
 */
public final class TracedStore implements ObjectStore {
  private final ObjectStore store;
  private final Tracing tracing;

  private TracedStore(ObjectStore store, Tracing tracing) {
    this.store = store;
    this.tracing = tracing;
  }

  /** The store itself if nothing is traced. */
  public static ObjectStore of(ObjectStore store, Tracing tracing) {
    return tracing.isOn() ? new TracedStore(store, tracing) : store;
  }

  @Override
  public PutResult putIfAbsent(String key, Content content, String contentType, Duration timeout) {
    TraceSpan span = span("PUT", key);
    if (span == null) {
      return store.putIfAbsent(key, content, contentType, timeout);
    }
    try {
      PutResult result = store.putIfAbsent(key, content, contentType, timeout);
      span.set("millrace.bytes", content.length());
      if (result instanceof PutResult.Unknown unknown) {
        span.fail(String.valueOf(unknown.cause().getMessage()));
      } else {
        span.set("http.response.status_code", result instanceof PutResult.AlreadyThere ? 412 : 200);
      }
      return result;
    } finally {
      span.end();
    }
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return traced("HEAD", key, () -> store.head(key));
  }

  @Override
  public ListPage list(ListCursor from) {
    return traced("LIST", from.prefix(), () -> store.list(from));
  }

  @Override
  public InputStream get(String key) {
    return traced("GET", key, () -> store.get(key));
  }

  @Override
  public Optional<byte[]> read(String key) {
    return traced("GET", key, () -> store.read(key));
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    return traced("GET", key, () -> store.get(key, offset, length));
  }

  @Override
  public void checkBucket(String prefix) {
    store.checkBucket(prefix);
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> T traced(String call, String key, Supplier<T> made) {
    TraceSpan span = span(call, key);
    try {
      return made.get();
    } catch (ObjectStoreException e) {
      if (span != null) {
        span.fail(String.valueOf(e.getMessage()));
      }
      throw e;
    } finally {
      if (span != null) {
        span.end();
      }
    }
  }

  private @Nullable TraceSpan span(String call, String key) {
    TraceSpan span = tracing.child(call, TraceSpan.Kind.CLIENT);
    if (span != null) {
      span.set("aws.s3.key", key);
    }
    return span;
  }
}
