package dev.muster.query.operation;

import dev.muster.query.store.ReadStore;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/operations/:op}: whether what was asked has happened yet. */
@RestController
final class OperationController {

  private final ReadStore store;

  OperationController(ReadStore store) {
    this.store = store;
  }

  @GetMapping("/api/operations/{id}")
  OperationView get(@PathVariable String id) {
    return store
        .find(OperationRow.class, id)
        .map(OperationView::of)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_FOUND, "there is no operation '%s'".formatted(id)));
  }
}
