package io.millrace.toolbox;

/** Runs one subcommand of the toolbox and exits with its code. */
public final class Main {
  private static final String LOG_CONFIGURATION = "logback.configurationFile";

  private Main() {}

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.getProperties().putIfAbsent(LOG_CONFIGURATION, "toolbox-logback.xml");
    System.exit(Toolbox.commandLine(System.getenv()).execute(args));
  }
}
