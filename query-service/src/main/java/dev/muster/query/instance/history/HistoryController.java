package dev.muster.query.instance.history;

import dev.muster.events.access.Scope;
import dev.muster.query.env.EnvValues;
import dev.muster.query.page.Cursor;
import dev.muster.query.page.Limit;
import dev.muster.query.page.Page;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.key.RequiresScope;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/instances/:id/history}: every event of an instance, oldest first. */
@RestController
@Tag(name = "instances")
final class HistoryController {

  private static final char LIST = 'h';

  private final History history;

  HistoryController(History history) {
    this.history = history;
  }

  /** Lists every event of an instance, oldest first. */
  @GetMapping("/api/instances/{id}/history")
  @RequiresScope({Scope.READ, Scope.AUDIT})
  @Operation(operationId = "listHistory")
  @Answers(headers = "Link")
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND})
  ResponseEntity<List<HistoryEntry>> history(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request) {
    var length = Limit.of(limit);
    var after = cursor == null ? 0 : Cursor.numberIn(LIST, cursor);
    var rows = history.after(id, after, length + 1);
    if (rows.isEmpty() && !history.knows(id)) {
      throw new ProblemException(ProblemType.NOT_FOUND, "there is no instance '%s'".formatted(id));
    }
    var env = EnvValues.forCallerOf(request);
    return Page.of(rows, length, row -> new Cursor(LIST, String.valueOf(row.sequence())))
        .map(page -> page.stream().map(row -> HistoryEntry.of(row, env)).toList())
        .answer(request);
  }
}
