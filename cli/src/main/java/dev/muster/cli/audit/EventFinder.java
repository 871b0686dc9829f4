package dev.muster.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Api;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.proof.EventProof;
import dev.muster.cli.proof.SignedCheckpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Events of the audit log, to the byte, and what proves them. */
final class EventFinder {

  /** As the search gives it. */
  record Found(String line, JsonNode row) {

    long index() {
      return row.path("leaf_index").asLong();
    }
  }

  private final Api api;
  private final AuditLogCalls log;

  EventFinder(Api api, AuditLogCalls log) {
    this.api = api;
    this.log = log;
  }

  /** Those of a search that fit, oldest first. */
  List<Found> find(Call search, Predicate<JsonNode> fits) {
    var call = search.header("Accept", "application/x-ndjson");
    var fitting = new ArrayList<Found>();
    try (var lines =
        new BufferedReader(new InputStreamReader(new AnsweredRows(api, call), UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var found = new Found(line, json(line));
        if (fits.test(found.row)) {
          fitting.add(found);
        }
      }
      return fitting;
    } catch (IOException e) {
      throw api.unreachable(e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return JsonText.MAPPER.readTree(line);
    } catch (JacksonException e) {
      throw new Failure(
          Exit.FAILED,
          "the answer is no list of events; is this address a Muster server?",
          "See where commands go: muster context list");
    }
  }

  /** What leads from it to that checkpoint; nothing is said of whether it does. */
  EventProof proof(Found found, SignedCheckpoint checkpoint) {
    var size = checkpoint.size();
    var proof = EventProof.of(found.line, log.proof(found.index(), size));
    return proof.needsNoEntry(checkpoint) ? proof : proof.with(log.entry(found.index(), size));
  }
}
