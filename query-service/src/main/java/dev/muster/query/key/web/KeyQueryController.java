package dev.muster.query.key.web;

import dev.muster.events.access.ApiKeyState;
import dev.muster.events.access.Scope;
import dev.muster.events.view.KeyView;
import dev.muster.query.key.IssuedKeys;
import dev.muster.query.page.Cursor;
import dev.muster.query.page.Limit;
import dev.muster.query.page.Page;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.key.RequiresScope;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/keys}: every key that was ever issued, newest first; never a secret. */
@RestController
@RequiresScope(Scope.ADMIN)
@Tag(name = "keys")
final class KeyQueryController {

  private static final char LIST = 'k';

  private final IssuedKeys keys;

  KeyQueryController(IssuedKeys keys) {
    this.keys = keys;
  }

  /** Lists every key that was ever issued, newest first; never a secret. */
  @GetMapping("/api/keys")
  @Operation(operationId = "listKeys")
  @Answers(headers = {"Link", "Read-Side"})
  @Refuses(ProblemType.INVALID_REQUEST)
  ResponseEntity<List<KeyView>> list(
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request) {
    var length = Limit.of(limit);
    var after = cursor == null ? null : last(cursor);
    var current = keys.areCurrent();
    var found = after == null ? keys.newest(length + 1) : keys.before(after, length + 1);
    return Page.of(found, length, KeyQueryController::cursor)
        .map(page -> page.stream().map(this::view).toList())
        .answer(request, current);
  }

  private KeyView view(ApiKeyState key) {
    return KeyView.of(key, keys.lastUse(key.keyId()).orElse(null), Instant.now());
  }

  // A cursor has no capital letters, and an id has.
  private static Cursor cursor(ApiKeyState last) {
    return new Cursor(
        LIST, HexFormat.of().formatHex(last.keyId().getBytes(StandardCharsets.US_ASCII)));
  }

  private ApiKeyState last(String cursor) {
    var hex = Cursor.keyIn(LIST, cursor);
    try {
      var id = new String(HexFormat.of().parseHex(hex), StandardCharsets.US_ASCII);
      return keys.find(id).orElseThrow(() -> Cursor.unreadable(cursor));
    } catch (IllegalArgumentException e) {
      throw Cursor.unreadable(cursor);
    }
  }
}
