package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.output.JsonText;
import dev.muster.cli.proof.RowFinding.InPart;
import dev.muster.cli.proof.RowFinding.Other;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Holds rows against their leaves. A row whose values are masked, or whose salts are deleted, does
 * not make up its entry: then the signed entry stands beside it, and all else is held against that.
 * One is for one thread.
 */
final class RowCheck {

  private static final String MASK = "***";

  private final LogHash hash = new LogHash();
  private final ByteText entry = new ByteText();

  LogHash hash() {
    return hash;
  }

  /** The leaf that the row makes up; null when something of it is missing. */
  byte @Nullable [] leaf(AuditRow row) {
    if (!EntryText.canBeMade(row)) {
      return null;
    }
    entry.cutTo(0);
    EntryText.write(row, hash, entry);
    return hash.leaf(entry.array(), entry.length());
  }

  byte[] leafOf(byte[] signedEntry) {
    return hash.leaf(signedEntry, signedEntry.length);
  }

  /**
   * @param signedEntry what was signed, where the row alone cannot show it
   */
  RowFinding check(AuditRow row, byte[] leaf, byte @Nullable [] signedEntry) {
    if (Arrays.equals(leaf(row), leaf)) {
      return RowFinding.WHOLE;
    }
    if (signedEntry == null || !Arrays.equals(leafOf(signedEntry), leaf)) {
      return new Other("it is not what was signed");
    }
    try {
      return compared(row, JsonText.MAPPER.readTree(signedEntry));
    } catch (JacksonException e) {
      return new Other("what was signed is no entry");
    }
  }

  private RowFinding compared(AuditRow row, JsonNode signed) {
    var other = new ArrayList<String>();
    var unchecked = new ArrayList<String>();
    compare("event_id", row.eventId(), signed, other);
    compare("subject", row.subject(), signed, other);
    compare("sequence", Long.toString(row.sequence()), signed, other);
    compare("type", row.type(), signed, other);
    compare("revision", Long.toString(row.revision()), signed, other);
    compare("occurred_at", row.occurredAt(), signed, other);
    compare("actor_id", row.actorId(), signed, other);
    compare("request_id", row.requestId(), signed, other);
    compare("causation", row.causation(), signed, other);
    compare("traceparent", row.traceparent(), signed, other);
    compare("v", "1", signed, other);
    var salts = row.salts();
    hashed("actor_name", salts.actorName(), bytes(row.actorName()), signed, other, unchecked);
    hashed("source_ip", salts.sourceIp(), bytes(row.sourceIp()), signed, other, unchecked);
    data(row, signed, other, unchecked);
    return other.isEmpty() ? new InPart(unchecked) : new Other(String.join("; ", other));
  }

  private static void compare(
      String name, @Nullable String value, JsonNode signed, List<String> other) {
    var was = signed.path(name).asString(null);
    if (!Objects.equals(value, was)) {
      other.add("its %s is %s, and %s was signed".formatted(name, value, was));
    }
  }

  private void hashed(
      String name,
      byte @Nullable [] salt,
      byte @Nullable [] value,
      JsonNode signed,
      List<String> other,
      List<String> unchecked) {
    var was = signed.path(name).asString(null);
    if (salt == null || value == null) {
      if (was != null) {
        unchecked.add(name + ": deleted");
      }
    } else if (!EntryText.hashed(salt, value, hash).equals(was)) {
      other.add("its %s is not the one that was signed".formatted(name));
    }
  }

  private void data(AuditRow row, JsonNode signed, List<String> other, List<String> unchecked) {
    var found = new ArrayList<String>();
    hashed("data", row.salts().data(), row.data(), signed, found, unchecked);
    if (!found.isEmpty() && row.data() != null && isMasked(row.data())) {
      unchecked.add("data: values of env are masked");
    } else {
      other.addAll(found);
    }
  }

  private static boolean isMasked(byte[] data) {
    var env = JsonText.MAPPER.readTree(data).path("spec").path("env");
    var values = new TreeSet<String>();
    env.forEach(value -> values.add(value.asString("")));
    return values.equals(new TreeSet<>(List.of(MASK)));
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }
}
