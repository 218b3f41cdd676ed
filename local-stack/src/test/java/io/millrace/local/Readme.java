package io.millrace.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads tables and fenced blocks out of the project's Markdown, for tests that hold them true. */
final class Readme {
  private final Path file;
  private final List<String> lines;

  private Readme(Path file) throws IOException {
    this.file = file;
    this.lines = Files.readAllLines(file);
  }

  /** The page, by its path from the project's root. */
  static Readme page(String path) throws IOException {
    return new Readme(root().resolve(path));
  }

  /**
   * The rows of the first table under a heading, without its head.
   *
   * @param heading with its hashes
   */
  List<String> tableRows(String heading) {
    int from = indexOf(heading, 0);
    return lines.stream()
        .skip(from)
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .toList();
  }

  /** The first fenced block after the line, without the fences. */
  String blockAfter(String line) {
    int fence = indexOf(line, 0) + 1;
    while (!lines.get(fence).startsWith("```")) {
      fence++;
    }
    return String.join(
        "\n", lines.stream().skip(fence + 1L).takeWhile(text -> !text.startsWith("```")).toList());
  }

  private int indexOf(String wanted, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).equals(wanted)) {
        return i;
      }
    }
    throw new IllegalStateException("no line '" + wanted + "' in " + file);
  }

  /** Tests run in their module's folder, or in the root. */
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("README.md")) ? here : here.getParent();
  }
}
