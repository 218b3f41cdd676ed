package io.millrace.benchmark.article;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.object.Content;
import io.millrace.object.ObjectStore;
import io.millrace.object.PutResult;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The article's upload: a payload's JSON at {@code <folder>/<time in ns>}, one try.
 *
 * <p>Thread-safe.
 */
final class Uploads {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectStore store;
  private final Counts counts;

  Uploads(ObjectStore store, Counts counts) {
    this.store = store;
    this.counts = counts;
  }

  /** Stores it, or counts and logs that it is lost. */
  void upload(Job job) {
    byte[] json;
    try {
      json = JSON.writeValueAsBytes(job.payload());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was decoded has a JSON form", e);
    }
    String key = job.folder() + "/" + nanos(Instant.now());
    PutResult result =
        store.putIfAbsent(key, Content.of(json), "application/octet-stream", TIMEOUT);
    if (result instanceof PutResult.Stored) {
      counts.stored();
    } else {
      counts.failed();
      LOG.warn("A payload is lost: {}", result);
    }
  }

  private static long nanos(Instant now) {
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
