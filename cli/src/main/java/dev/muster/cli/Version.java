package dev.muster.cli;

import java.util.Optional;

/** Of this program. */
public final class Version {

  private Version() {}

  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(unpacked)");
  }

  public static String line() {
    return "Muster " + text();
  }
}
