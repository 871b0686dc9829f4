package dev.muster.cli.instance;

import dev.muster.cli.output.Column;
import dev.muster.cli.output.Listing;

/** What came of changes, in rows of this program's own. */
final class ChangeListing {

  static final Listing CHANGES =
      Listing.of(
          "",
          "/id",
          Column.text("NAME", "/name"),
          Column.text("ID", "/id"),
          Column.status("STATUS", "/status"),
          Column.text("ERROR", "/error").whenWide());

  static final Listing PLANS =
      Listing.of(
          "",
          "/id",
          Column.text("NAME", "/name"),
          Column.text("ID", "/id"),
          Column.status("STATUS", "/status"),
          Column.text("CHANGE", "/change"),
          Column.text("ALLOWED", "/allowed"));

  private ChangeListing() {}
}
