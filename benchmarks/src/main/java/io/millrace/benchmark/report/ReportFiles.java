package io.millrace.benchmark.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one report, {@code <scenario>-<date>} and an ending.
 *
 * @param folder is there
 */
record ReportFiles(Path folder, String name) {
  /**
   * In a folder, which is made if it is missing.
   *
   * @param date ISO 8601, UTC
   */
  static ReportFiles in(Path folder, String scenario, String date) throws IOException {
    Files.createDirectories(folder);
    return new ReportFiles(folder, scenario + "-" + date.replaceAll("[^0-9TZ]", ""));
  }

  /** One that stands beside them. */
  Path file(String ending) {
    return folder.resolve(name + ending);
  }

  /**
   * Writes the report as JSON and as Markdown.
   *
   * @return the Markdown file
   */
  Path write(Object report, String markdown) throws IOException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.write(file(".json"), json.writeValueAsBytes(report));
    return Files.write(file(".md"), markdown.getBytes(UTF_8));
  }
}
