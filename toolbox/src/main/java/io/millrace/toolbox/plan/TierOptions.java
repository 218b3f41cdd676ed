package io.millrace.toolbox.plan;

import io.millrace.config.Capacity;
import io.millrace.config.Setting;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Settings of the tiers as options of {@code plan}: name, default, range and text are those that
 * the tiers run by. A plan has no queue to ask for its largest message: it takes the service's.
 *
 * <p>Stateless and thread-safe.
 */
final class TierOptions implements IModelTransformer {
  private static final List<Setting<?>> ALL =
      List.of(
          Capacity.LINGER_MS,
          Capacity.MAX_BODY_BYTES,
          Capacity.MAX_MESSAGE_BYTES,
          Capacity.SEND_THREADS,
          Capacity.POLLERS,
          Capacity.MAX_WORKERS,
          Capacity.MAX_QUEUE,
          Capacity.ROLL_MAX_BYTES,
          Capacity.ROLL_MAX_AGE_MS,
          Capacity.VISIBILITY_TIMEOUT_SECONDS,
          Capacity.PUT_TIMEOUT_MS);

  @Override
  public CommandSpec transform(CommandSpec command) {
    for (Setting<?> setting : ALL) {
      command.addOption(
          OptionSpec.builder(setting.option())
              .paramLabel("N")
              .type(String.class)
              .defaultValue(
                  setting.fallback().isEmpty()
                      ? Integer.toString(AwsLimits.SQS_MESSAGE_BYTES)
                      : setting.fallback())
              .description(setting.name() + ", " + setting.allowed() + ".")
              .build());
    }
    return command;
  }

  /** Notes a fault for each that is not allowed. */
  static void check(CommandSpec command, Faults faults) {
    for (Setting<?> setting : ALL) {
      String text = text(command, setting);
      boolean allowed = true;
      try {
        setting.parse(text);
      } catch (IllegalArgumentException e) {
        allowed = false;
      }
      faults.require(allowed, setting.option() + " must be " + setting.allowed(), text);
    }
  }

  /** The value that is given, or the default; checked before. */
  static <T> T value(CommandSpec command, Setting<T> setting) {
    return setting.parse(text(command, setting));
  }

  private static String text(CommandSpec command, Setting<?> setting) {
    return Objects.requireNonNull(command.findOption(setting.option()).getValue());
  }
}
