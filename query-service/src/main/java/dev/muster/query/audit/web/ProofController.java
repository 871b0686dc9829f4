package dev.muster.query.audit.web;

import dev.muster.events.access.Scope;
import dev.muster.query.audit.AuditLog;
import dev.muster.query.audit.AuditLog.Signed;
import dev.muster.query.audit.Proofs;
import dev.muster.query.sending.AcceptedMediaTypes;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.key.RequiresScope;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/audit/proof}: what can be computed of the tiles too. */
@RestController
@RequiresScope(Scope.AUDIT)
@Tag(name = "audit")
final class ProofController {

  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,17}");

  private final AuditLog log;
  private final Proofs proofs;

  ProofController(AuditLog log, Proofs proofs) {
    this.log = log;
    this.proofs = proofs;
  }

  /**
   * Proves that an entry is in the audit log, or that the log only grew since it had fewer entries.
   * As text, the proof of an entry has the checkpoint with it, and needs nothing else.
   *
   * @param index of the entry, its {@code leaf_index}
   * @param from entries that the log had; instead of an index
   * @param size entries of the tree to prove it for; those of the newest checkpoint when absent
   */
  @GetMapping(
      path = "/api/audit/proof",
      produces = {MediaType.APPLICATION_JSON_VALUE, TransparencyLogController.TEXT})
  @Operation(operationId = "getAuditProof")
  @Answers(body = Proof.class)
  @Answers(
      mediaType = MediaType.TEXT_PLAIN_VALUE,
      body = String.class,
      when = "The proof of an entry as `c2sp.org/tlog-proof@v1`, when `Accept` asks for text")
  @Refuses(ProblemType.INVALID_REQUEST)
  ResponseEntity<?> proof(
      @Parameter(schema = @Schema(type = "integer", minimum = "0", maximum = "999999999999999999"))
          @RequestParam(required = false)
          @Nullable String index,
      @Parameter(schema = @Schema(type = "integer", minimum = "0", maximum = "999999999999999999"))
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(schema = @Schema(type = "integer", minimum = "0", maximum = "999999999999999999"))
          @RequestParam(required = false)
          @Nullable String size,
      HttpServletRequest request) {
    if ((index == null) == (from == null)) {
      throw refused("a proof is of an index, or of what was there from the beginning: give one");
    }
    var wanted = index == null ? number("from", from) : number("index", index);
    var asked = size == null ? OptionalLong.empty() : OptionalLong.of(number("size", size));
    var signed = log.checkpoint().orElseThrow(TransparencyLogController::notYet);
    var entries = atMost("size", asked.orElse(signed.size()), signed.size());
    var asText =
        MediaType.TEXT_PLAIN.equals(
            AcceptedMediaTypes.of(request, MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN));
    if (asText) {
      if (index == null || asked.isPresent()) {
        throw refused("as text there is the proof of an index in the newest checkpoint alone");
      }
      return text(entry(wanted, entries), signed);
    }
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(index == null ? beginning(wanted, entries) : entry(wanted, entries));
  }

  private Proof entry(long wanted, long entries) {
    var index = atMost("index", wanted, entries - 1);
    return Proof.ofEntry(index, entries, proofs.root(entries), proofs.inclusion(index, entries));
  }

  private Proof beginning(long wanted, long entries) {
    var from = atMost("from", wanted, entries);
    return Proof.ofBeginning(
        from, entries, proofs.root(entries), proofs.consistency(from, entries));
  }

  private static ResponseEntity<String> text(Proof proof, Signed signed) {
    var lines = new StringBuilder("c2sp.org/tlog-proof@v1\nindex ").append(proof.index());
    proof.hashes().forEach(hash -> lines.append('\n').append(hash));
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(TransparencyLogController.TEXT))
        .body(lines.append("\n\n").append(signed.note()).toString());
  }

  private static long number(String name, @Nullable String text) {
    if (text == null || !NUMBER.matcher(text).matches()) {
      throw refused("%s is '%s'; it takes a number of entries".formatted(name, text));
    }
    return Long.parseLong(text);
  }

  private static long atMost(String name, long number, long most) {
    if (number > most) {
      throw refused("%s is %d; the log goes up to %d".formatted(name, number, most));
    }
    return number;
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }
}
