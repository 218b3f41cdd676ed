package io.millrace.local;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two classes of one name in two packages are taken for one another. */
class NamesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** The entry point of each jar, and what a package says of itself. */
  private static final Set<String> EVERYWHERE = Set.of("Main.java", "package-info.java");

  @Test
  void classes_ofAllModules_haveANameOfTheirOwn() throws IOException {
    Map<String, List<Path>> places =
        sources().collect(groupingBy(NamesTest::name, TreeMap::new, toList()));
    assertThat(places).hasSizeGreaterThan(300);
    places.values().removeIf(files -> files.size() == 1);
    assertThat(places).as("names that stand twice, with their places").isEmpty();
  }

  private static Stream<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path module : children(ROOT)) {
      Path sources = module.resolve("src/main/java");
      if (Files.isDirectory(sources)) {
        try (Stream<Path> files = Files.walk(sources)) {
          files
              .filter(file -> name(file).endsWith(".java") && !EVERYWHERE.contains(name(file)))
              .map(ROOT::relativize)
              .forEach(found::add);
        }
      }
    }
    return found.stream();
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
