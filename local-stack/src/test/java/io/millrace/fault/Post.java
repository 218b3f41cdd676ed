package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The load: the toolbox's own {@code post} as a process, at a steady rate until it is finished. It
 * tries again what was not answered, and keeps the receipts. Closing it kills it.
 */
final class Post implements AutoCloseable {
  /** The main class of all its commands. */
  static final String TOOLBOX = "io.millrace.toolbox.Main";

  private final JavaProcess process;
  private final Path receipts;

  private Post(JavaProcess process, Path receipts) {
    this.process = process;
    this.receipts = receipts;
  }

  /**
   * Starts to post the files again and again.
   *
   * @param rate collections of 4 payloads per second
   * @param receipts a file that is not there yet
   */
  static Post start(URI target, List<Path> files, int rate, Path receipts) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("post", "--url", target.toString()));
    arguments.addAll(List.of("--rate", Integer.toString(rate), "--connections", "16"));
    arguments.addAll(List.of("--repeat", "100000", "--keys", "--receipts", receipts.toString()));
    arguments.addAll(List.of("--timeout", "15s", "--retry-for", "2m"));
    files.forEach(file -> arguments.add(file.toString()));
    return new Post(
        JavaProcess.start(TOOLBOX, "128m", Map.of(), arguments.toArray(String[]::new)), receipts);
  }

  /** Lets it end: nothing new is sent, what is under way gets its answer or is given up. */
  void finish() throws InterruptedException {
    process.terminate();
    assertThat(String.join("\n", process.lines()))
        .contains("collections")
        .doesNotContain("ended early", "× 4");
  }

  /** What it was answered; complete once it is finished. */
  Path receipts() {
    return receipts;
  }

  /** Its process, for the log. */
  JavaProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
