package io.millrace.toolbox.cat;

import io.millrace.model.ObjectKeys;
import io.millrace.toolbox.hours.HourRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data objects of a folder that holds what a bucket would. Holds one hour's keys at a time.
 *
 * @param folder the bucket's root
 * @param keys the keys' form
 */
record FolderObjects(Path folder, ObjectKeys keys) implements ObjectSource {

  @Override
  public void visit(HourRange hours, Visitor visitor) throws IOException {
    Path root = folder.resolve(keys.prefix());
    for (String day : names(root, "dt=")) {
      for (String hour : names(root.resolve(day), "hour=")) {
        String path = day + "/" + hour;
        if (hours.contains(path)) {
          visitHour(path, visitor);
        }
      }
    }
  }

  private void visitHour(String path, Visitor visitor) throws IOException {
    String start = keys.prefix() + path + "/";
    for (String name : names(folder.resolve(start), "")) {
      if (keys.isData(start + name)) {
        visitor.found(start + name);
      }
    }
  }

  private static List<String> names(Path parent, String start) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .map(child -> child.getFileName().toString())
          .filter(name -> name.startsWith(start))
          .sorted()
          .toList();
    }
  }

  @Override
  public InputStream open(String key) throws IOException {
    return Files.newInputStream(folder.resolve(key));
  }

  @Override
  public void close() {
    // Nothing is held open between calls.
  }
}
