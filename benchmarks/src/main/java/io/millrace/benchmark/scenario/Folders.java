package io.millrace.benchmark.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a run's files are. Stateless and thread-safe. */
final class Folders {
  private Folders() {}

  /** The checkout of this module, whose jar or classes lie in {@code benchmarks/target}. */
  static Path checkout() {
    try {
      URI place = Folders.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(place).resolve("../../..").normalize();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Deletes a folder and all in it, once the processes that wrote there are gone. */
  static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
