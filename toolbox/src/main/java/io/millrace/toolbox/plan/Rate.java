package io.millrace.toolbox.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many requests come.
 *
 * @param perSecond more than 0
 */
record Rate(double perSecond) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)([kM]?)(?:/(s|min|h|day))?");

  /**
   * Reads {@code 1000000/s}, {@code 16.7k/s} or {@code 1.5M/min}; a number alone is one a second,
   * as for the other commands' {@code --rate}.
   *
   * @throws IllegalArgumentException if the text has another form, or says 0
   */
  static Rate parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no rate like 1000/s, 1000 (a second), 16.7k/s, 1M/min, 5000/h or 20M/day");
    }
    double times =
        switch (form.group(2)) {
          case "k" -> 1e3;
          case "M" -> 1e6;
          default -> 1;
        };
    String unit = form.group(3) == null ? "s" : form.group(3);
    double seconds =
        switch (unit) {
          case "s" -> 1;
          case "min" -> 60;
          case "h" -> 3600;
          default -> 86400;
        };
    double perSecond = Double.parseDouble(form.group(1)) * times / seconds;
    if (perSecond <= 0) {
      throw new IllegalArgumentException("'" + text + "' is no rate: it must be more than 0");
    }
    return new Rate(perSecond);
  }

  /** Of the command line. */
  static final class Converter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(wrong.getMessage());
      }
    }
  }
}
