package io.millrace.object;

import io.millrace.aws.AwsFailures;
import io.millrace.config.ConfigurationException;
import io.millrace.config.ServiceAccess;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** Creates a bucket, where {@code CREATE_RESOURCES=true} asks for it. */
public final class BucketSetup {
  private static final Logger LOG = LoggerFactory.getLogger(BucketSetup.class);

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
        create(client, bucket);
      }
    } catch (SdkException e) {
      String fault = AwsFailures.settingsFault(e);
      if (fault != null) {
        throw new ConfigurationException(List.of("bucket " + bucket + ": " + fault));
      }
      throw new ObjectStoreException(
          "bucket " + bucket + " can't be created: " + AwsFailures.text(e), e);
    }
  }

  /** Another process may create it at the same time. */
  private static void create(S3Client client, String bucket) {
    try {
      client.createBucket(r -> r.bucket(bucket));
    } catch (BucketAlreadyOwnedByYouException e) {
      LOG.info("Bucket {} was created meanwhile", bucket);
    }
  }
}
