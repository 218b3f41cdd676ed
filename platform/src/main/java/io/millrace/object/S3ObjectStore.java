package io.millrace.object;

import io.millrace.config.ServiceAccess;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A bucket of S3, or of anything that speaks its protocol.
 *
 * <p>Thread-safe; holds connection pools until closed. Retries nothing. Calls other than a PUT end
 * after 10 s; a stream that {@link #get} gave, when nothing comes for 15 s.
 */
public final class S3ObjectStore implements ObjectStore {
  /** What the SDK says of an answer without {@code x-amz-request-id}. */
  private static final String NO_REQUEST_ID = "UNKNOWN";

  private static final String NO_MARK = "ETag and no request id";

  private static final int NO_SUCH_RANGE = 416;

  private final S3Client client;
  private final S3Client puts;
  private final String bucket;
  private final PutHeaders headers;

  private S3ObjectStore(S3Client client, S3Client puts, String bucket, PutHeaders headers) {
    this.client = client;
    this.puts = puts;
    this.bucket = bucket;
    this.headers = headers;
  }

  /**
   * Opens a bucket without asking for it; see {@link #checkBucket}.
   *
   * @param headers of every PUT
   * @param connections most PUTs and most other calls under way at once, at least 1
   * @throws io.millrace.config.ConfigurationException if the AWS settings can't be used
   */
  public static S3ObjectStore open(
      ServiceAccess access, String bucket, PutHeaders headers, int connections) {
    return new S3ObjectStore(
        S3Clients.create(access, connections),
        S3Clients.createForPuts(access, connections),
        bucket,
        headers);
  }

  @Override
  public PutResult putIfAbsent(String key, Content content, String contentType, Duration timeout) {
    try {
      PutObjectResponse answer =
          puts.putObject(
              r ->
                  r.bucket(bucket)
                      .key(key)
                      .ifNoneMatch("*")
                      .contentType(contentType)
                      .acl(headers.acl())
                      .serverSideEncryption(headers.encryption())
                      .ssekmsKeyId(headers.kmsKey())
                      .overrideConfiguration(o -> o.apiCallTimeout(timeout)),
              RequestBody.fromContentProvider(content::open, content.length(), contentType));
      return isOfS3(answer, answer.eTag())
          ? new PutResult.Stored()
          : new PutResult.Unknown(notS3("put " + key, NO_MARK));
    } catch (SdkException e) {
      return S3Failures.isAlreadyThere(e)
          ? new PutResult.AlreadyThere()
          : new PutResult.Unknown(S3Failures.put(key, bucket, e));
    } catch (IllegalStateException | RejectedExecutionException e) {
      return new PutResult.Unknown(closed("put " + key, e));
    }
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return ifThere(
        "head " + key,
        () -> {
          HeadObjectResponse answer = client.headObject(r -> r.bucket(bucket).key(key));
          if (answer.contentLength() == null || !isOfS3(answer, answer.eTag())) {
            throw notS3("head " + key, "Content-Length, or " + NO_MARK);
          }
          return new ObjectInfo(key, answer.contentLength());
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
                            .maxKeys(from.pageSize() == 0 ? null : from.pageSize())
                            .continuationToken(from.token())
                            .startAfter(from.token() == null ? from.behind() : null)));
    if (answer.isTruncated() == null && answer.name() == null) {
      throw notS3("list " + from.prefix(), "IsTruncated or Name"); // else a page of HTML is an end
    }
    List<ObjectInfo> found = answer.contents().stream().map(this::info).toList();
    String token = answer.nextContinuationToken();
    Boolean truncated = answer.isTruncated();
    return from.page(found, truncated == null ? token != null : truncated, token);
  }

  private ObjectInfo info(S3Object listed) {
    if (listed.key() == null || listed.size() == null) {
      throw notS3("list", "Key and Size of each object");
    }
    return new ObjectInfo(listed.key(), listed.size());
  }

  @Override
  public InputStream get(String key) {
    ResponseInputStream<GetObjectResponse> stream =
        call("get " + key, () -> client.getObject(r -> r.bucket(bucket).key(key)));
    if (!isOfS3(stream.response(), stream.response().eTag())) {
      stream.abort();
      throw notS3("get " + key, NO_MARK);
    }
    return stream;
  }

  @Override
  public Optional<byte[]> read(String key) {
    return ifThere(
        "get " + key,
        () -> bytes("get " + key, client.getObjectAsBytes(r -> r.bucket(bucket).key(key))));
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    String range = "bytes=" + offset + "-" + (offset + length - 1);
    String what = "get " + range + " of " + key;
    byte[] bytes =
        bytes(
            what,
            call(what, () -> client.getObjectAsBytes(r -> r.bucket(bucket).key(key).range(range))));
    if (bytes.length != length) {
      throw new ObjectStoreException(
          what + " in bucket " + bucket + ": " + bytes.length + " bytes came, not " + length,
          NO_SUCH_RANGE,
          null);
    }
    return bytes;
  }

  @Override
  public void checkBucket(String prefix) {
    try {
      var unused = client.listObjectsV2(r -> r.bucket(bucket).prefix(prefix).maxKeys(1));
    } catch (SdkException e) {
      throw S3Failures.using(bucket, prefix, e);
    }
  }

  @Override
  public void close() {
    client.close();
    puts.close();
  }

  private byte[] bytes(String what, ResponseBytes<GetObjectResponse> answer) {
    if (!isOfS3(answer.response(), answer.response().eTag())) {
      throw notS3(what, NO_MARK);
    }
    return answer.asByteArrayUnsafe();
  }

  private <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw S3Failures.named(what, bucket, e);
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

  /**
   * Whether the store itself answered: a proxy's page may come with status 200. The store names its
   * requests; those that don't still tell the object's ETag, which an object that was put into a
   * store's folder by hand may lack.
   */
  private static boolean isOfS3(S3Response answer, @Nullable String etag) {
    return etag != null || !NO_REQUEST_ID.equals(answer.responseMetadata().requestId());
  }

  private ObjectStoreException notS3(String what, String absent) {
    return new ObjectStoreException(
        what + " in bucket " + bucket + ": the answer is not S3's, it has no " + absent);
  }
}
