package dev.muster.cli.access;

import dev.muster.cli.output.Column;
import dev.muster.cli.output.Listing;

/** Keys, contexts, and who one is, in rows. */
public final class KeyListing {

  public static final Listing KEYS =
      Listing.of(
          "Key",
          "/id",
          Column.text("ID", "/id"),
          Column.text("NAME", "/name"),
          Column.status("STATUS", "/status"),
          Column.list("SCOPES", "/scopes"),
          Column.age("AGE", "/created_at"),
          Column.age("USED", "/last_used_at"),
          Column.age("EXPIRES", "/expires_at"),
          Column.text("REPLACES", "/replaces").whenWide(),
          Column.text("SUCCESSOR", "/successor").whenWide(),
          Column.list("USED-FROM", "/used_from").whenWide(),
          Column.age("REVOKED", "/revoked_at").whenWide());

  public static final Listing ISSUED =
      Listing.of(
          "IssuedKey",
          "/id",
          Column.text("ID", "/id"),
          Column.text("NAME", "/name"),
          Column.list("SCOPES", "/scopes"),
          Column.age("EXPIRES", "/expires_at"),
          Column.text("KEY", "/key"));

  static final Listing CONTEXTS =
      Listing.of(
          "",
          "/name",
          Column.text("USED", "/current"),
          Column.text("NAME", "/name"),
          Column.text("URL", "/url"),
          Column.text("KEY", "/key_from"));

  static final Listing WHO =
      Listing.of(
          "",
          "/id",
          Column.text("URL", "/url"),
          Column.text("FROM", "/from"),
          Column.text("ID", "/id"),
          Column.text("NAME", "/name"),
          Column.list("SCOPES", "/scopes"),
          Column.age("EXPIRES", "/expires_at"));

  private KeyListing() {}
}
