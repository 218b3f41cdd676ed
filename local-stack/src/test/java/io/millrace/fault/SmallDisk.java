package io.millrace.fault;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of 32 MiB in memory, mounted by root only. Closing it unmounts it. */
final class SmallDisk implements AutoCloseable {
  private static final String SIZE = "32m";
  private static final int CHUNK = 64 * 1024;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts it; where that is not allowed, the test is skipped. */
  static SmallDisk at(Path folder) throws IOException {
    Files.createDirectories(folder);
    int status = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString());
    assumeThat(status).as("exit status of mount: a full disk can't be tried here").isZero();
    return new SmallDisk(folder);
  }

  /** Takes all the room that is left, to the last byte. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      fill(out, CHUNK);
      fill(out, 1);
    }
  }

  /** Gives the room back. */
  void free() throws IOException {
    Files.delete(filler());
  }

  @Override
  public void close() {
    run("umount", folder.toString());
  }

  private static void fill(OutputStream out, int step) throws IOException {
    byte[] bytes = new byte[step];
    try {
      while (true) {
        out.write(bytes);
      }
    } catch (IOException full) {
      out.flush();
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(List.of(command)).inheritIO().start().onExit().join().exitValue();
    } catch (IOException noSuchCommand) {
      return -1;
    }
  }
}
