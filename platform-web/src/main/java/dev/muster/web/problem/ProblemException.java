package dev.muster.web.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer that is an error the caller can act on. */
public final class ProblemException extends RuntimeException {

  private final ProblemType type;
  private final transient List<PointerError> errors;
  private final transient Map<String, String> headers;

  /**
   * @param detail one sentence that says what was wrong with this very request
   */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of(), Map.of());
  }

  private ProblemException(
      ProblemType type, String detail, List<PointerError> errors, Map<String, String> headers) {
    super(detail, null, false, false);
    this.type = type;
    this.errors = errors;
    this.headers = headers;
  }

  /** A part that is needed is away, or has no room; it is worth asking again soon. */
  public static ProblemException unavailable(String detail) {
    return new ProblemException(ProblemType.UNAVAILABLE, detail).withHeader("Retry-After", "2");
  }

  public ProblemException withErrors(List<PointerError> moreErrors) {
    return new ProblemException(type, detail(), List.copyOf(moreErrors), headers);
  }

  public ProblemException withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ProblemException(type, detail(), errors, more);
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    var message = getMessage();
    return message == null ? type.title() : message;
  }

  public List<PointerError> errors() {
    return errors;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
