package io.millrace.local;

import picocli.CommandLine;

/** Starts {@code millrace local}. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new LocalCommand()).execute(args));
  }
}
