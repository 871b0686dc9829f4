package dev.muster.query.audit.web;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which tile a path names.
 *
 * @param index within its level
 * @param width hashes of it, 256 when it is a full one
 * @see <a href="https://c2sp.org/tlog-tiles">tlog-tiles</a>
 */
record TilePath(long index, int width) {

  static final int FULL = 256;

  private static final Pattern PATH =
      Pattern.compile("/((?:x\\d{3}/){0,5}\\d{3})(?:\\.p/([1-9]\\d{0,2}))?");

  /** Empty when it names none. */
  static Optional<TilePath> of(String path) {
    var found = PATH.matcher(path);
    if (!found.matches()) {
      return Optional.empty();
    }
    var index = Long.parseLong(found.group(1).replaceAll("[x/]", ""));
    var width = found.group(2) == null ? FULL : Integer.parseInt(found.group(2));
    var isPartial = found.group(2) != null;
    return (isPartial && width >= FULL) || !found.group(1).equals(written(index))
        ? Optional.empty()
        : Optional.of(new TilePath(index, width));
  }

  /** A number is written in one way only. */
  private static String written(long index) {
    var rest = "%03d".formatted(index % 1000);
    return index < 1000 ? rest : above(index / 1000) + rest;
  }

  private static String above(long index) {
    return (index < 1000 ? "" : above(index / 1000)) + "x%03d/".formatted(index % 1000);
  }
}
