package io.millrace.object;

import io.millrace.config.ServiceAccess;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of S3, or of anything that speaks its protocol.
 *
 * <p>Thread-safe; holds connection pools until closed. Retries nothing. Calls other than a PUT end
 * after 10 s; a stream that {@link #get} gave, when nothing comes for 15 s.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final S3Client puts;
  private final String bucket;
  private final @Nullable String acl;

  private S3ObjectStore(S3Client client, S3Client puts, String bucket, @Nullable String acl) {
    this.client = client;
    this.puts = puts;
    this.bucket = bucket;
    this.acl = acl;
  }

  /**
   * Opens a bucket without asking for it; see {@link #checkBucket}.
   *
   * @param acl a canned ACL for every object; null for none, as buckets without ACLs ask for
   * @param connections most PUTs and most other calls under way at once, at least 1
   */
  public static S3ObjectStore open(
      ServiceAccess access, String bucket, @Nullable String acl, int connections) {
    return new S3ObjectStore(
        S3Clients.create(access, connections),
        S3Clients.createForPuts(access, connections),
        bucket,
        acl);
  }

  @Override
  public PutResult putIfAbsent(String key, Content content, String contentType, Duration timeout) {
    try {
      puts.putObject(
          r ->
              r.bucket(bucket)
                  .key(key)
                  .ifNoneMatch("*")
                  .contentType(contentType)
                  .acl(acl)
                  .overrideConfiguration(o -> o.apiCallTimeout(timeout)),
          RequestBody.fromContentProvider(content::open, content.length(), contentType));
      return new PutResult.Stored();
    } catch (SdkException e) {
      return status(e) == PRECONDITION_FAILED
          ? new PutResult.AlreadyThere()
          : new PutResult.Unknown(named("put " + key, e));
    } catch (IllegalStateException | RejectedExecutionException e) {
      return new PutResult.Unknown(closed("put " + key, e));
    }
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return ifThere(
        "head " + key,
        () -> {
          Long size = client.headObject(r -> r.bucket(bucket).key(key)).contentLength();
          if (size == null) {
            throw new ObjectStoreException(
                "head " + key + " in bucket " + bucket + ": the answer has no Content-Length");
          }
          return new ObjectInfo(key, size);
        });
  }

  @Override
  public ListPage list(ListCursor from) {
    ListObjectsV2Response answer =
        call(
            "list " + from.prefix(),
            () ->
                client.listObjectsV2(
                    r ->
                        r.bucket(bucket)
                            .prefix(from.prefix())
                            .continuationToken(from.token())
                            .startAfter(from.token() == null ? from.behind() : null)));
    List<ObjectInfo> found = answer.contents().stream().map(this::info).toList();
    String token = answer.nextContinuationToken();
    Boolean truncated = answer.isTruncated();
    return from.page(found, truncated == null ? token != null : truncated, token);
  }

  private ObjectInfo info(S3Object listed) {
    if (listed.key() == null || listed.size() == null) {
      throw new ObjectStoreException("list in bucket " + bucket + ": no key or size in " + listed);
    }
    return new ObjectInfo(listed.key(), listed.size());
  }

  @Override
  public InputStream get(String key) {
    return call("get " + key, () -> client.getObject(r -> r.bucket(bucket).key(key)));
  }

  @Override
  public Optional<byte[]> read(String key) {
    return ifThere(
        "get " + key,
        () -> client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArrayUnsafe());
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    String range = "bytes=" + offset + "-" + (offset + length - 1);
    String what = "get " + range + " of " + key;
    byte[] bytes =
        call(what, () -> client.getObjectAsBytes(r -> r.bucket(bucket).key(key).range(range)))
            .asByteArrayUnsafe();
    if (bytes.length != length) {
      throw new ObjectStoreException(
          what + " in bucket " + bucket + ": " + bytes.length + " bytes came, not " + length);
    }
    return bytes;
  }

  @Override
  public void checkBucket() {
    call("head", () -> client.headBucket(r -> r.bucket(bucket)));
  }

  @Override
  public void close() {
    client.close();
    puts.close();
  }

  private <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw named(what, e);
    } catch (IllegalStateException | RejectedExecutionException e) {
      throw closed(what, e);
    }
  }

  private <T> Optional<T> ifThere(String what, Supplier<T> call) {
    return call(
        what,
        () -> {
          try {
            return Optional.of(call.get());
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  private ObjectStoreException closed(String what, RuntimeException failure) {
    return new ObjectStoreException(
        what + " in bucket " + bucket + ": the client has been closed", failure);
  }

  private ObjectStoreException named(String what, SdkException failure) {
    if (failure instanceof AbortedException) {
      Thread.currentThread().interrupt();
    }
    String message = what + " in bucket " + bucket + ": " + failure.getMessage();
    int status = status(failure);
    return failure instanceof SdkServiceException answer && answer.isThrottlingException()
        ? ObjectStoreException.throttled(message, status, failure)
        : new ObjectStoreException(message, status, failure);
  }

  private static int status(SdkException failure) {
    return failure instanceof SdkServiceException answer ? answer.statusCode() : 0;
  }
}
