package dev.muster.query.deadletter.web;

import dev.muster.query.deadletter.StoredDeadLetters;
import dev.muster.query.page.Cursor;
import dev.muster.query.page.Limit;
import dev.muster.query.page.Page;
import dev.muster.query.topic.Freshness;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/dead-letters}: what could not be handled, and why, newest first. */
@RestController
@Tag(name = "dead letters")
final class DeadLetterQueryController {

  private static final char LIST = 'd';

  private final StoredDeadLetters letters;
  private final Freshness freshness;

  DeadLetterQueryController(StoredDeadLetters letters, Freshness freshness) {
    this.letters = letters;
    this.freshness = freshness;
  }

  /** Lists what could not be handled, and why, newest first. */
  @GetMapping("/api/dead-letters")
  @Operation(operationId = "listDeadLetters")
  @Answers(headers = {"Link", "Read-Side"})
  @Refuses(ProblemType.INVALID_REQUEST)
  ResponseEntity<List<DeadLetterView>> list(
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request) {
    var length = Limit.of(limit);
    var before = cursor == null ? Long.MAX_VALUE : Cursor.numberIn(LIST, cursor);
    var current = freshness.isRead(letters);
    return Page.of(
            letters.before(before, length + 1),
            length,
            last -> new Cursor(LIST, String.valueOf(last.number())))
        .map(page -> page.stream().map(kept -> DeadLetterView.of(kept.letter())).toList())
        .answer(request, current);
  }
}
