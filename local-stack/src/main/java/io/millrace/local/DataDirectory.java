package io.millrace.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folder that one running instance owns: {@code objects/}, with a folder for each bucket, and
 * {@code queue/}, if the queue is durable. A lock on a file in it keeps a second instance out, and
 * ends with the process however that ends. Thread-safe; closed by whoever opened it, last of all.
 */
final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final FileChannel channel;

  private DataDirectory(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Takes the folder, making it if it is not there.
   *
   * @throws StartException if it cannot be written or another instance holds it
   */
  static DataDirectory open(Path directory) throws StartException {
    Path root = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root.resolve("objects"));
      Files.createDirectories(root.resolve("queue"));
      return new DataDirectory(root, lock(root.resolve("lock")));
    } catch (IOException e) {
      throw StartException.configuration(
          List.of("the data folder " + root + " cannot be written: " + e), e);
    }
  }

  /** Where the store keeps its buckets; there and writable. */
  Path objects() {
    return root.resolve("objects");
  }

  /** Where a durable queue keeps its file; there and writable. */
  Path queue() {
    return root.resolve("queue");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static FileChannel lock(Path file) throws IOException, StartException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw StartException.unavailable(
          "the data folder "
              + file.getParent()
              + " is in use by another instance; stop that one or give another --data-dir",
          null);
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held in this very JVM
    }
  }
}
