package dev.muster.web.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in a person's words why a body could not be read, and where. */
final class UnreadableBody {

  private UnreadableBody() {}

  static ProblemException problem(HttpMessageNotReadableException e) {
    return switch (e.getCause()) {
      case UnrecognizedPropertyException unknown ->
          at(unknown, "there is no field '%s' here".formatted(unknown.getPropertyName()));
      case MismatchedInputException mismatch ->
          at(mismatch, "a value of another type is needed here" + wanted(mismatch));
      case DatabindException databind -> at(databind, "this value cannot be read");
      case StreamReadException stream ->
          new ProblemException(
              ProblemType.INVALID_REQUEST,
              "the body is not JSON: line %d, column %d"
                  .formatted(stream.getLocation().getLineNr(), stream.getLocation().getColumnNr()));
      case null, default ->
          new ProblemException(ProblemType.INVALID_REQUEST, "the body cannot be read");
    };
  }

  private static ProblemException at(JacksonException e, String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, "the body does not fit")
        .withErrors(List.of(new PointerError(pointer(e), detail)));
  }

  private static String wanted(MismatchedInputException e) {
    var type = e.getTargetType();
    if (type == null) {
      return "";
    }
    return switch (type.getSimpleName()) {
      case "String" -> ": text";
      case "Integer", "int", "Long", "long" -> ": a whole number";
      case "Double", "double" -> ": a number";
      case "List", "ArrayList" -> ": an array";
      case "Boolean", "boolean" -> ": true or false";
      default -> ": an object";
    };
  }

  private static String pointer(JacksonException e) {
    return e.getPath().stream()
        .map(
            step ->
                step.getPropertyName() == null
                    ? Integer.toString(step.getIndex())
                    : step.getPropertyName().replace("~", "~0").replace("/", "~1"))
        .map(step -> "/" + step)
        .collect(Collectors.joining());
  }
}
