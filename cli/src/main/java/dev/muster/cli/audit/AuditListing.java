package dev.muster.cli.audit;

import dev.muster.cli.output.Column;
import dev.muster.cli.output.Listing;

/** Events of the audit log, and proofs of them, in rows. */
public final class AuditListing {

  public static final Listing EVENTS =
      Listing.of(
          "AuditEvent",
          "/leaf_index",
          Column.number("INDEX", "/leaf_index"),
          Column.age("AGE", "/occurred_at"),
          Column.text("SUBJECT", "/subject"),
          Column.number("SEQ", "/sequence"),
          Column.text("TYPE", "/type"),
          Column.text("ACTOR", "/actor/name"),
          Column.text("REQUEST", "/request_id").whenWide(),
          Column.text("FROM", "/source_ip").whenWide(),
          Column.text("DATA", "/data").whenWide());

  public static final Listing PROOFS =
      Listing.of(
          "Proof",
          "/root",
          Column.number("INDEX", "/index"),
          Column.number("FROM", "/from"),
          Column.number("SIZE", "/size"),
          Column.text("ROOT", "/root"),
          Column.list("HASHES", "/hashes").whenWide());

  /** With what came of each proof, which is no part of the API. */
  static final Listing WHO =
      Listing.of(
          "AuditEvent",
          "/data/operation_id",
          Column.text("WHEN", "/occurred_at"),
          Column.text("WHO", "/actor/name"),
          Column.text("KEY", "/actor/id"),
          Column.text("FROM", "/source_ip"),
          Column.text("WHAT", "/type"),
          Column.text("OPERATION", "/data/operation_id"),
          Column.text("PROOF", "/proof/result"),
          Column.number("INDEX", "/leaf_index").whenWide(),
          Column.text("REQUEST", "/request_id").whenWide());

  private AuditListing() {}
}
