package io.millrace.local;

/** Starts {@code millrace local}. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] args) {
    // The screen belongs to what the command prints; it tells the tiers' settings by itself.
    System.setProperty("millrace.log.level", System.getProperty("millrace.log.level", "WARN"));
    System.exit(LocalCommand.commandLine(System.getenv()).execute(args));
  }
}
