package io.millrace.local;

import picocli.CommandLine;

/** Starts {@code millrace local}. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] args) {
    // The tiers' jars bring a logback.xml each; which one would hold is chance.
    System.setProperty("logback.configurationFile", "logback-local.xml");
    System.exit(new CommandLine(new LocalCommand()).execute(args));
  }
}
