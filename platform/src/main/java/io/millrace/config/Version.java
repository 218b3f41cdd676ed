package io.millrace.config;

import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} tells, of every command. Stateless and thread-safe. */
public final class Version implements IVersionProvider {
  /** For {@link CommandLine.Model.CommandSpec#versionProvider}. */
  public Version() {}

  /** Gives it to a command and to all that are below it. */
  public static void of(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version());
    command.getSubcommands().values().forEach(Version::of);
  }

  /** One line, from the jar's manifest. */
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"millrace " + (version == null ? "(not packaged)" : version)};
  }
}
