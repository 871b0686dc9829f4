package dev.muster.web.body;

import dev.muster.web.problem.PointerError;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a body, and where. */
public final class ValidationErrors {

  private static final int TOLD_AT_MOST = 50;

  private final List<PointerError> errors = new ArrayList<>();

  public void add(String pointer, String detail) {
    if (errors.size() < TOLD_AT_MOST) {
      errors.add(new PointerError(pointer, detail));
    }
  }

  public boolean any() {
    return !errors.isEmpty();
  }

  public ProblemException problem() {
    return new ProblemException(ProblemType.INVALID_REQUEST, "the body does not fit")
        .withErrors(errors);
  }

  /** The step of a JSON pointer to a property of that name. */
  public static String pointer(String property) {
    return "/" + property.replace("~", "~0").replace("/", "~1");
  }
}
