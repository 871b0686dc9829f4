package dev.muster.query.audit.web;

import dev.muster.events.access.Scope;
import dev.muster.query.audit.AuditLog;
import dev.muster.query.audit.AuditLog.Signed;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.key.RequiresScope;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The tamper-evident log, for the tools that everybody has for such logs.
 *
 * @see <a href="https://c2sp.org/tlog-tiles">tlog-tiles</a>
 */
@RestController
@RequiresScope(Scope.AUDIT)
@Tag(name = "audit")
final class TransparencyLogController {

  static final String TEXT = "text/plain;charset=utf-8";

  private static final String FOR_EVER = "private, max-age=31536000, immutable";
  private static final String ENTRIES = "entries";
  private static final int LEVELS = 64;

  private final AuditLog log;

  TransparencyLogController(AuditLog log) {
    this.log = log;
  }

  /** Gets the newest signed checkpoint of the audit log. */
  @GetMapping(path = "/api/audit/checkpoint", produces = TEXT)
  @Operation(operationId = "getAuditCheckpoint")
  @Answers(mediaType = MediaType.TEXT_PLAIN_VALUE, body = String.class)
  String checkpoint() {
    return signed().note();
  }

  /** Gets the key that checkpoints can be checked with. */
  @GetMapping(path = "/api/audit/key", produces = TEXT)
  @Operation(operationId = "getAuditKey")
  @Answers(mediaType = MediaType.TEXT_PLAIN_VALUE, body = String.class)
  String key() {
    return log.key().orElseThrow(TransparencyLogController::notYet);
  }

  /**
   * Gets a tile of the tree over the audit log, or a bundle of its entries.
   *
   * @param level of the tile, 0..63, or {@code entries} for a bundle
   * @param path the tile's index in groups of three digits, such as {@code x001/x234/067}, and
   *     {@code .p/<width>} after it when it is not full
   */
  @GetMapping(
      path = "/api/audit/tile/{level}/{*path}",
      produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @Operation(operationId = "getAuditTile")
  @Answers(
      mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
      body = String.class,
      headers = "Cache-Control")
  @Refuses(ProblemType.NOT_FOUND)
  ResponseEntity<byte[]> tile(
      @PathVariable String level, @PathVariable String path, HttpServletResponse response) {
    var tile = TilePath.of(path).orElseThrow(() -> none(level, path));
    var bytes = level.equals(ENTRIES) ? bundle(tile) : hashes(level(level, path), tile);
    if (bytes.length == 0) {
      throw none(level, path);
    }
    // Set here, for the framework would add it to the one that every answer has.
    response.setHeader(HttpHeaders.CACHE_CONTROL, FOR_EVER);
    return ResponseEntity.ok(bytes);
  }

  private byte[] hashes(int level, TilePath tile) {
    var bytes = new ByteArrayOutputStream();
    log.hashes(level, tile.index(), tile.width(), signed().size()).forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  /** Each entry after its length, in two bytes. */
  private byte[] bundle(TilePath tile) {
    var bytes = new ByteArrayOutputStream();
    for (var sealed : log.entries(tile.index(), tile.width(), signed().size())) {
      var entry = sealed.entry();
      bytes.write(entry.length >> 8);
      bytes.write(entry.length);
      bytes.writeBytes(entry);
    }
    return bytes.toByteArray();
  }

  private Signed signed() {
    return log.checkpoint().orElseThrow(TransparencyLogController::notYet);
  }

  private static int level(String text, String path) {
    if (!text.matches("0|[1-9]\\d?") || Integer.parseInt(text) >= LEVELS) {
      throw none(text, path);
    }
    return Integer.parseInt(text);
  }

  private static ProblemException none(String level, String path) {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        "the newest checkpoint has no tile '%s%s'; see c2sp.org/tlog-tiles".formatted(level, path));
  }

  static ProblemException notYet() {
    return new ProblemException(ProblemType.UNAVAILABLE, "nothing has been signed yet")
        .withHeader("Retry-After", "1");
  }
}
