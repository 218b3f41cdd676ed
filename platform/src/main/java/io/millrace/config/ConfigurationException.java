package io.millrace.config;

import java.util.List;

/** Settings that can't be used; holds every fault that was found, not just the first. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> faults;

  /**
   * @param faults one line each, naming variable, allowed values and the value given; not empty
   */
  public ConfigurationException(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
    this.faults = List.copyOf(faults);
  }

  /** One line a fault. */
  public List<String> faults() {
    return faults;
  }
}
