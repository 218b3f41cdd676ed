package io.millrace.trace;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;

/**
 * Which requests are traced, in the standard's words.
 *
 * @param name one of {@link #NAMES}
 * @param ratio 0 to 1 of the requests, for the samplers by ratio
 */
public record Sampling(String name, double ratio) {
  private static final String PARENT_BASED = "parentbased_";

  static final List<String> NAMES =
      List.of(
          "parentbased_traceidratio",
          "parentbased_always_on",
          "parentbased_always_off",
          "traceidratio",
          "always_on",
          "always_off");

  Sampler sampler() {
    boolean byParent = name.startsWith(PARENT_BASED);
    Sampler sampler =
        switch (byParent ? name.substring(PARENT_BASED.length()) : name) {
          case "always_on" -> Sampler.alwaysOn();
          case "always_off" -> Sampler.alwaysOff();
          default -> Sampler.traceIdRatioBased(ratio);
        };
    return byParent ? Sampler.parentBased(sampler) : sampler;
  }
}
