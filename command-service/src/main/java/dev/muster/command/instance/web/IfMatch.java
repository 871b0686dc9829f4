package dev.muster.command.instance.web;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The versions that an {@code If-Match} names (RFC 9110, 13.1.1); an ETag is a version. */
final class IfMatch {

  private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"";

  // Possessive, for the other kind takes a stack frame for each tag.
  private static final Pattern TAGS =
      Pattern.compile("\\s*%s(?:\\s*,\\s*%s)*+\\s*".formatted(TAG, TAG));
  private static final Pattern STRONG_VERSION = Pattern.compile("(?<!W/)\"([1-9][0-9]{0,17})\"");

  private IfMatch() {}

  /**
   * Empty when any version will do. Tags that are no versions, and weak ones, match none.
   *
   * @param headers the values of {@code If-Match}
   * @throws ProblemException when they are neither tags nor {@code *}
   */
  static Optional<Set<Long>> versions(List<String> headers) {
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    var text = String.join(",", headers);
    if (text.strip().equals("*")) {
      return Optional.empty();
    }
    if (!TAGS.matcher(text).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "If-Match takes ETags as they were given, in quotes, or * alone");
    }
    var versions = new HashSet<Long>();
    STRONG_VERSION.matcher(text).results().forEach(tag -> versions.add(Long.valueOf(tag.group(1))));
    return Optional.of(Set.copyOf(versions));
  }
}
