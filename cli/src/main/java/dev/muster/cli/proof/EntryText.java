package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes the entry of a row, canonical JSON whose names are in their order. */
final class EntryText {

  private EntryText() {}

  /** Whether all is there that the entry is made of; else a salt was deleted, or a value. */
  static boolean canBeMade(AuditRow row) {
    var salts = row.salts();
    return row.actorName() != null
        && salts.actorName() != null
        && row.data() != null
        && salts.data() != null
        && (row.sourceIp() == null || salts.sourceIp() != null);
  }

  static void write(AuditRow row, LogHash hash, ByteText out) {
    var salts = row.salts();
    out.add('{');
    text("actor_id", row.actorId(), out);
    hashed("actor_name", salts.actorName(), bytes(row.actorName()), hash, out);
    text("causation", row.causation(), out);
    hashed("data", salts.data(), row.data(), hash, out);
    text("event_id", row.eventId(), out);
    text("occurred_at", row.occurredAt(), out);
    text("request_id", row.requestId(), out);
    number("revision", row.revision(), out);
    number("sequence", row.sequence(), out);
    hashed("source_ip", salts.sourceIp(), bytes(row.sourceIp()), hash, out);
    text("subject", row.subject(), out);
    text("traceparent", row.traceparent(), out);
    text("type", row.type(), out);
    out.ascii("\"v\":1}");
  }

  static String hashed(byte[] salt, byte[] value, LogHash hash) {
    return Base64.getEncoder().encodeToString(hash.salted(salt, value));
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  private static void text(String name, @Nullable String value, ByteText out) {
    if (value != null) {
      name(name, out);
      CanonicalJson.string(value, out);
      out.add(',');
    }
  }

  private static void number(String name, long value, ByteText out) {
    name(name, out);
    out.ascii(CanonicalNumber.of(Long.toString(value)));
    out.add(',');
  }

  private static void hashed(
      String name, byte @Nullable [] salt, byte @Nullable [] value, LogHash hash, ByteText out) {
    if (salt != null && value != null) {
      name(name, out);
      out.add('"');
      out.add(Base64.getEncoder().encode(hash.salted(salt, value)));
      out.ascii("\",");
    }
  }

  private static void name(String name, ByteText out) {
    out.add('"');
    out.ascii(name);
    out.ascii("\":");
  }
}
