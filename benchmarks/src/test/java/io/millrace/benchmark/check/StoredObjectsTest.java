package io.millrace.benchmark.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredObjectsTest {
  @Test
  void payloads_onlyFilesNamedByATime_areCounted(@TempDir Path bucket) throws IOException {
    Path folder = Files.createDirectories(bucket.resolve("b/token"));
    Files.writeString(folder.resolve("1795404920123456789"), "{}");
    Files.writeString(folder.resolve("1795404920123456790"), "{}");
    Files.writeString(folder.resolve("1795404920123456791-01234567-89ab"), "unfinished");
    Files.createDirectories(folder.resolve("1795404920123456792"));
    assertThat(StoredObjects.payloads(bucket)).isEqualTo(2);
  }
}
