package dev.muster.query.operation;

import dev.muster.events.access.Scope;
import dev.muster.query.store.ReadStore;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.key.RequiresScope;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/operations/:op}: whether what was asked has happened yet. */
@RestController
@RequiresScope({Scope.READ, Scope.AUDIT})
@Tag(name = "operations")
final class OperationController {

  private final ReadStore store;

  OperationController(ReadStore store) {
    this.store = store;
  }

  /** Gets an operation: whether what was asked has happened yet. */
  @GetMapping("/api/operations/{id}")
  @Operation(operationId = "getOperation")
  @Answers
  @Refuses(ProblemType.NOT_FOUND)
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
