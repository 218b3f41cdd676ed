package io.millrace.run;

import com.github.luben.zstd.util.Native;
import io.millrace.config.ConfigurationException;
import java.util.List;

/** The native library that zstd needs; it is in a jar, and unpacks itself into a folder. */
public final class ZstdLibrary {
  private ZstdLibrary() {}

  /**
   * Loads it, so that a process that can't have it doesn't start.
   *
   * @throws ConfigurationException with a sentence that says what to do
   */
  public static void load() {
    try {
      Native.load();
    } catch (LinkageError e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new ConfigurationException(
          List.of(
              "zstd's native library can't be loaded by way of java.io.tmpdir, %s: set -Djava.io.tmpdir to a folder in which files may be written and executed (%s)"
                  .formatted(System.getProperty("java.io.tmpdir"), why)));
    }
  }
}
