package dev.muster.web.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every kind of error the API answers with. The URI of each is stable and documented in
 * docs/problems.md.
 */
public enum ProblemType {
  INVALID_REQUEST(400, "The request is not valid"),
  UNAUTHENTICATED(401, "An API key is needed"),
  FORBIDDEN(403, "The API key does not allow this"),
  NOT_FOUND(404, "There is no such thing"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "None of the accepted media types can be had"),
  TIMEOUT(408, "It did not happen in time"),
  CONFLICT(409, "The status does not allow this"),
  OPERATION_UNDER_WAY(409, "Another operation is under way"),
  PRECONDITION_FAILED(412, "The instance has changed"),
  TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not supported"),
  IDEMPOTENCY_MISMATCH(422, "The idempotency key was used for something else"),
  RATE_LIMITED(429, "Too many requests"),
  INTERNAL(500, "Something went wrong here"),
  OPERATION_FAILED(502, "The host failed the operation"),
  UNAVAILABLE(503, "A part this needs is down");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The first one of that status; empty when the API itself never answers with it. */
  static Optional<ProblemType> of(int status) {
    return Arrays.stream(values()).filter(type -> type.status == status).findFirst();
  }

  /** The RFC 9457 {@code type}: a path below the base URL, such as {@code /problems/not-found}. */
  public String uri() {
    return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
