package io.millrace.local;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * S3 over HTTP on loopback, by S3Proxy; it checks signatures, checksums and {@code If-None-Match}.
 *
 * <p>In a directory, each bucket is a folder and each object a file. It has no buckets but those
 * that clients create. Thread-safe; closed by whoever opened it, after its clients.
 */
public final class EmbeddedStore implements AutoCloseable {
  /** The access key id that clients must sign with. */
  public static final String ACCESS_KEY_ID = "local";

  /** The secret access key that clients must sign with. */
  public static final String SECRET_ACCESS_KEY = "localsecret";

  private static final String HOST = "127.0.0.1";

  private final S3Proxy server;
  private final URI endpoint;

  private EmbeddedStore(BlobStore blobs, int port) throws StartException {
    server =
        S3Proxy.builder()
            .endpoint(URI.create("http://" + HOST + ":" + port))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY_ID, SECRET_ACCESS_KEY)
            .blobStore(blobs)
            .build();
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw StartException.of("S3 on " + HOST + ":" + port, "--s3-port", e);
    }
    endpoint = URI.create("http://" + HOST + ":" + server.getPort());
  }

  /**
   * Starts a store in memory.
   *
   * @param port to listen on; 0 takes any free one
   * @throws StartException if the port is taken
   */
  public static EmbeddedStore inMemory(int port) throws StartException {
    return new EmbeddedStore(new TransientNio2BlobStore(), port);
  }

  /**
   * Starts a store of files under {@code directory}, with those that are there already.
   *
   * @param directory an existing, writable directory
   * @param port to listen on; 0 takes any free one
   * @throws StartException if the port is taken
   */
  public static EmbeddedStore inDirectory(Path directory, int port) throws StartException {
    return new EmbeddedStore(
        new FilesystemNio2BlobStore(directory.toAbsolutePath().toString()), port);
  }

  /** Where clients connect to: {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return endpoint;
  }

  /** Stops listening; what is in flight is cut off. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded S3 did not stop", e);
    }
  }
}
