package dev.muster.query.instance.current;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.regex.Pattern;

/** The version of an instance that a caller asks for: 1, 2, 3 … */
final class VersionParameter {

  private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,11}");

  private VersionParameter() {}

  static long parse(String text) {
    if (!VERSION.matcher(text).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "version is '%s'; it takes a number from 1".formatted(text));
    }
    return Long.parseLong(text);
  }
}
