package io.millrace.toolbox.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.object.Content;
import io.millrace.object.ListCursor;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest {
  @TempDir private Path folder;
  private FolderStore store;

  @BeforeEach
  void open() {
    store = new FolderStore(folder);
  }

  private void write(String key, String text) throws IOException {
    Files.createDirectories(folder.resolve(key).getParent());
    Files.writeString(folder.resolve(key), text);
  }

  private List<String> keys(String prefix, String after) {
    return store.list(ListCursor.of(prefix, after)).objects().stream()
        .map(ObjectInfo::key)
        .toList();
  }

  @Test
  void list_filesInFolders_isInTheOrderOfTheKeys() throws IOException {
    write("a/c", "1");
    write("a-b", "22");
    write("a/b/x", "3");
    write("b", "4");
    assertThat(store.list(ListCursor.of("", null)).objects().get(0))
        .isEqualTo(new ObjectInfo("a-b", 2));
    assertThat(keys("", null)).containsExactly("a-b", "a/b/x", "a/c", "b");
    assertThat(keys("a/", null)).containsExactly("a/b/x", "a/c");
    assertThat(keys("a", "a/b")).containsExactly("a/b/x", "a/c");
    assertThat(keys("no/such/", null)).isEmpty();
  }

  @Test
  void list_moreThanAPage_goesOnBehindTheLast() throws IOException {
    for (int i = 0; i < 1001; i++) {
      write(String.format("k/%04d", i), "");
    }
    List<String> all = new ArrayList<>(keys("k/", null));
    assertThat(all).hasSize(1000);
    ListCursor next = store.list(ListCursor.of("k/", null)).next();
    assertThat(store.list(next).next()).isNull();
    store.list(next).objects().forEach(info -> all.add(info.key()));
    assertThat(all).hasSize(1001).isSorted();
  }

  @Test
  void list_pageEndsInTheMiddleOfAFolder_goesOnThere() throws IOException {
    for (int i = 0; i < 600; i++) {
      write(String.format("k/a/%04d", i), "");
      write(String.format("k/b/%04d", i), "");
    }
    List<String> page = keys("k/", null);
    assertThat(page).hasSize(1000).endsWith("k/b/0399");
    assertThat(keys("k/", "k/b/0399")).hasSize(200).startsWith("k/b/0400").endsWith("k/b/0599");
  }

  @Test
  void get_file_isRead() throws IOException {
    write("a/c", "hello");
    try (InputStream in = store.get("a/c")) {
      assertThat(in.readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
    }
    assertThat(store.get("a/c", 1, 3)).isEqualTo("ell".getBytes(UTF_8));
    assertThat(store.head("a/c")).contains(new ObjectInfo("a/c", 5));
  }

  @Test
  void get_notThereOrTooShort_throws() throws IOException {
    write("a", "hello");
    assertThat(store.head("b")).isEmpty();
    assertThatThrownBy(() -> store.get("b").close()).isInstanceOf(ObjectStoreException.class);
    assertThatThrownBy(() -> store.get("a", 3, 3)).isInstanceOf(ObjectStoreException.class);
    assertThatThrownBy(() -> store.get("a", 9, 1)).isInstanceOf(ObjectStoreException.class);
  }

  @Test
  void putIfAbsent_always_writesNothing() {
    assertThat(store.putIfAbsent("a", Content.of(new byte[1]), "x/y", Duration.ofSeconds(1)))
        .isInstanceOf(PutResult.Unknown.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void checkBucket_folderGone_throws() throws IOException {
    store.checkBucket("");
    Files.delete(folder);
    assertThatThrownBy(() -> store.checkBucket("")).isInstanceOf(ObjectStoreException.class);
    Files.createDirectories(folder);
  }
}
