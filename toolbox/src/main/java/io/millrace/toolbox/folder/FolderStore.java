package io.millrace.toolbox.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.object.Content;
import io.millrace.object.ListCursor;
import io.millrace.object.ListPage;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that holds what a bucket would, such as a copy of one; to be read only. Each page reads
 * the folders that it lies in anew, which suits thousands of files in each. Thread-safe.
 *
 * @param folder the bucket's root
 */
public record FolderStore(Path folder) implements ObjectStore {
  private static final int PAGE = 1000;

  /** S3's order of keys. */
  private static final Comparator<String> BY_UTF_8 =
      (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

  @Override
  public PutResult putIfAbsent(String key, Content content, String contentType, Duration timeout) {
    return new PutResult.Unknown(new ObjectStoreException("put " + key + ": to be read only"));
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    Path file = folder.resolve(key);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(new ObjectInfo(key, Files.size(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new ObjectStoreException("head " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public ListPage list(ListCursor from) {
    List<ObjectInfo> page = new ArrayList<>();
    String prefix = from.prefix();
    try {
      collect("", prefix, from.behind(), page);
    } catch (IOException | UncheckedIOException e) {
      throw new ObjectStoreException("list " + prefix + " in " + folder + ": " + e.getMessage(), e);
    }
    return from.page(page, page.size() == PAGE, null);
  }

  /** Goes into those folders alone that can hold keys of the page. */
  private void collect(String parent, String prefix, @Nullable String after, List<ObjectInfo> page)
      throws IOException {
    for (String key : children(parent)) {
      boolean isFolder = key.endsWith("/");
      boolean begins = key.startsWith(prefix) || (isFolder && prefix.startsWith(key));
      boolean behind = after == null || isBehind(key, after) || (isFolder && after.startsWith(key));
      if (!begins || !behind) {
        continue;
      }
      if (isFolder) {
        collect(key, prefix, after, page);
      } else {
        page.add(new ObjectInfo(key, folder.resolve(key).toFile().length()));
      }
      if (page.size() == PAGE) {
        return;
      }
    }
  }

  /** Keys of the files, and what keys in the folders begin with, in S3's order. */
  private List<String> children(String parent) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(parent))) {
      return files
          .filter(file -> Files.isDirectory(file) || Files.isRegularFile(file))
          .map(file -> parent + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .sorted(BY_UTF_8)
          .toList();
    }
  }

  private static boolean isBehind(String key, String after) {
    return BY_UTF_8.compare(key, after) > 0;
  }

  @Override
  public InputStream get(String key) {
    try {
      return Files.newInputStream(folder.resolve(key));
    } catch (IOException e) {
      throw new ObjectStoreException("get " + folder.resolve(key) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<byte[]> read(String key) {
    Path file = folder.resolve(key);
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new ObjectStoreException("get " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    try (InputStream in = get(key)) {
      in.skipNBytes(offset);
      byte[] part = in.readNBytes(length);
      if (part.length == length) {
        return part;
      }
      throw new ObjectStoreException(
          "get " + length + " bytes at " + offset + " of " + folder.resolve(key) + ": too short");
    } catch (IOException e) {
      throw new ObjectStoreException("get " + folder.resolve(key) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void checkBucket(String prefix) {
    if (!Files.isDirectory(folder)) {
      throw new ObjectStoreException("no such folder: " + folder);
    }
  }

  @Override
  public void close() {
    // Nothing is held open between calls.
  }
}
