package dev.muster.query.audit.web;

import dev.muster.events.access.Scope;
import dev.muster.events.audit.SealedEvent;
import dev.muster.query.audit.AuditFilter;
import dev.muster.query.audit.AuditSearch;
import dev.muster.query.audit.SearchFreshness;
import dev.muster.query.env.EnvValues;
import dev.muster.query.instance.history.AsOfTime;
import dev.muster.query.instance.history.History;
import dev.muster.query.page.Cursor;
import dev.muster.query.page.Limit;
import dev.muster.query.page.Page;
import dev.muster.query.sending.AcceptedMediaTypes;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.key.RequiresScope;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /api/audit/events}: what happened, over all of it. */
@RestController
@RequiresScope(Scope.AUDIT)
@Tag(name = "audit")
final class EventSearchController {

  private static final char LIST = 'a';
  private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,17}");

  private final AuditSearch search;
  private final SearchFreshness freshness;
  private final History history;
  private final JsonMapper json;

  EventSearchController(
      AuditSearch search, SearchFreshness freshness, History history, JsonMapper json) {
    this.search = search;
    this.freshness = freshness;
    this.history = history;
    this.json = json;
  }

  /**
   * Finds events of instances, API keys and operators, oldest first. As JSON there are pages; as
   * NDJSON or CSV all that fit come in one answer, unless a limit is given. One that fails on the
   * way is cut off, never ended as if it were whole.
   *
   * @param actor who caused it: the id of an API key, or a name
   * @param eventType what happened, such as {@code InstanceStarted}
   * @param from the earliest time, itself included: RFC 3339, or whole Unix seconds
   * @param to the latest time, itself included: RFC 3339, or whole Unix seconds
   * @param instanceId only what happened to that instance
   * @param after only what comes after the entry of this index
   */
  @GetMapping(
      path = "/api/audit/events",
      produces = {MediaType.APPLICATION_JSON_VALUE, "application/x-ndjson", "text/csv"})
  @Operation(operationId = "searchAuditEvents")
  @Answers(
      body = AuditEvent[].class,
      headers = {"Link", "Read-Side"})
  @Answers(mediaType = "application/x-ndjson", body = String.class, headers = "Read-Side")
  @Answers(
      mediaType = "text/csv",
      body = String.class,
      headers = {"Read-Side", "Content-Disposition"})
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND})
  @Nullable ResponseEntity<?> events(
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(name = "type", required = false) @Nullable String eventType,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(name = "instance_id", required = false) @Nullable String instanceId,
      @Parameter(schema = @Schema(type = "integer", minimum = "0", maximum = "999999999999999999"))
          @RequestParam(required = false)
          @Nullable String after,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var filter = filter(actor, eventType, from, to, instanceId);
    var length = Limit.of(limit);
    var begin = Math.max(index(after), cursor == null ? -1 : Cursor.numberIn(LIST, cursor));
    var isCurrent = freshness.isCurrent();
    var env = EnvValues.forCallerOf(request);
    var type =
        AcceptedMediaTypes.of(
            request, MediaType.APPLICATION_JSON, AuditEventLines.NDJSON, AuditEventLines.CSV);
    if (type.equals(MediaType.APPLICATION_JSON)) {
      return Page.of(search.find(filter, begin, length + 1), length, EventSearchController::cursor)
          .map(page -> page.stream().map(event -> AuditEvent.of(event, env)).toList())
          .answer(request, isCurrent);
    }
    setHeaders(type, isCurrent, response);
    if (!HttpMethod.HEAD.matches(request.getMethod())) {
      var rows =
          type.equals(AuditEventLines.CSV)
              ? new AuditEventLines.Csv(env)
              : new AuditEventLines.Ndjson(json, env);
      var most = limit == null ? Long.MAX_VALUE : length;
      new Export(search, rows).write(filter, begin, most, response.getOutputStream());
    }
    return null;
  }

  private static void setHeaders(MediaType type, boolean isCurrent, HttpServletResponse response) {
    response.setContentType(type + ";charset=UTF-8");
    if (type.equals(AuditEventLines.CSV)) {
      response.setHeader("Content-Disposition", "attachment; filename=\"muster-events.csv\"");
    }
    if (!isCurrent) {
      response.setHeader("Read-Side", "behind");
    }
  }

  private AuditFilter filter(
      @Nullable String actor,
      @Nullable String type,
      @Nullable String from,
      @Nullable String to,
      @Nullable String instanceId) {
    if (instanceId != null && !history.knows(instanceId)) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "there is no instance '%s'".formatted(instanceId));
    }
    return new AuditFilter(
        Optional.ofNullable(instanceId),
        Optional.ofNullable(actor),
        Optional.ofNullable(type),
        Optional.ofNullable(from).map(text -> AsOfTime.beginning("from", text).at()),
        Optional.ofNullable(to).map(text -> AsOfTime.parse("to", text).at()));
  }

  private static long index(@Nullable String after) {
    if (after == null) {
      return -1;
    }
    if (!INDEX.matcher(after).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "after is '%s'; it takes the leaf_index of an event".formatted(after));
    }
    return Long.parseLong(after);
  }

  private static Cursor cursor(SealedEvent last) {
    return new Cursor(LIST, String.valueOf(last.event().position()));
  }
}
