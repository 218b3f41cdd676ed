package io.millrace.benchmark.scenario;

import java.util.List;

/** All scenarios. */
public final class Scenarios {
  /** The name of the one that is measured if none is named. */
  public static final String DEFAULT = "pipeline";

  private Scenarios() {}

  /** Their commands, new ones. */
  public static List<Object> commands() {
    return List.of(
        new PipelineCommand(),
        new CeilingCommand(),
        new ArticleCommand(),
        new SizeCommand(),
        new ScaleCommand(),
        new SoakCommand(),
        new AbuseCommand(),
        new CrowdCommand(),
        new StartCommand(),
        new CompareCommand());
  }
}
