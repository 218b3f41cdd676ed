package io.millrace.object;

import io.millrace.config.ServiceAccess;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** Creates a bucket, where {@code CREATE_RESOURCES=true} asks for it. */
public final class BucketSetup {
  private BucketSetup() {}

  /**
   * Creates the bucket; one that exists is left as it is.
   *
   * @throws ObjectStoreException if it can't be created
   */
  public static void create(ServiceAccess access, String bucket) {
    try (S3Client client = S3Clients.create(access, 1)) {
      try {
        client.headBucket(r -> r.bucket(bucket));
      } catch (NoSuchBucketException e) {
        client.createBucket(r -> r.bucket(bucket));
      }
    } catch (SdkException e) {
      throw new ObjectStoreException(
          "bucket " + bucket + " can't be created: " + e.getMessage(), e);
    }
  }
}
