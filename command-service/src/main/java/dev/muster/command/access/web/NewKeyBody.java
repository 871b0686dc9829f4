package dev.muster.command.access.web;

import dev.muster.events.access.Scope;
import dev.muster.web.body.BodyFields;
import dev.muster.web.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of {@code POST /api/keys}: every field checked, everything wrong said at once. */
final class NewKeyBody {

  static final int NAME_LENGTH = 100;
  static final Duration OVERLAP = Duration.ofDays(1);
  static final int MOST_OVERLAP_SECS = 30 * 24 * 3600;
  static final String KEY_ID = "^key_[0-9A-Za-z]{8}$";
  private static final Pattern KEY = Pattern.compile(KEY_ID);
  private static final Set<String> FIELDS =
      Set.of("name", "scopes", "expires_at", "replaces", "overlap_secs");
  private static final String SCOPES =
      Arrays.stream(Scope.values()).map(Scope::toString).collect(Collectors.joining(", "));

  private final BodyFields fields;
  private final Instant now;

  private NewKeyBody(BodyFields fields, Instant now) {
    this.fields = fields;
    this.now = now;
  }

  /**
   * @throws ProblemException that names every mistake by its JSON pointer
   */
  static KeyRequest read(@Nullable JsonNode body, Instant now) {
    return new NewKeyBody(BodyFields.of(body, FIELDS), now).read();
  }

  private KeyRequest read() {
    var replaces = replaces();
    return fields.complete(
        new KeyRequest(name(replaces), scopes(replaces), expiresAt(), replaces, overlap(replaces)));
  }

  private @Nullable String replaces() {
    var value = fields.given("replaces");
    if (value == null) {
      return null;
    }
    var text = value.isString() ? value.stringValue() : "";
    if (!KEY.matcher(text).matches()) {
      fields.mistake("/replaces", "the id of a key is needed here, such as key_4bCdE9zZ");
    }
    return text;
  }

  private @Nullable String name(@Nullable String replaces) {
    var name = fields.line("name", NAME_LENGTH);
    if (name == null && replaces == null) {
      fields.mistake("/name", "a key needs a name");
    }
    return name;
  }

  private List<Scope> scopes(@Nullable String replaces) {
    var value = fields.given("scopes");
    var scopes = EnumSet.noneOf(Scope.class);
    if (value == null) {
      if (replaces == null) {
        fields.mistake("/scopes", "a key needs one or more of " + SCOPES);
      }
    } else if (!value.isArray() || value.isEmpty() || value.size() > Scope.values().length) {
      fields.mistake("/scopes", "an array of one or more of %s is needed here".formatted(SCOPES));
    } else {
      for (int index = 0; index < value.size(); index++) {
        scope(scopes, "/scopes/" + index, value.get(index));
      }
    }
    return List.copyOf(scopes);
  }

  private void scope(Set<Scope> scopes, String pointer, JsonNode item) {
    var scope = Scope.find(item.isString() ? item.stringValue() : "");
    if (scope.isEmpty()) {
      fields.mistake(pointer, "there is no such scope; there are " + SCOPES);
    } else if (!scopes.add(scope.get())) {
      fields.mistake(pointer, "it is named twice");
    }
  }

  private @Nullable Instant expiresAt() {
    var value = fields.given("expires_at");
    if (value == null) {
      return null;
    }
    try {
      var text = value.isString() ? value.stringValue() : "";
      var time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
      if (!time.isAfter(now)) {
        fields.mistake("/expires_at", "it is in the past");
      }
      return time;
    } catch (DateTimeException e) {
      fields.mistake("/expires_at", "a time of RFC 3339 is needed here");
      return null;
    }
  }

  private Duration overlap(@Nullable String replaces) {
    if (replaces == null && fields.given("overlap_secs") != null) {
      fields.mistake("/overlap_secs", "there is an overlap only with a key that is replaced");
      return OVERLAP;
    }
    var seconds = fields.whole("overlap_secs", 0, MOST_OVERLAP_SECS);
    return seconds == null ? OVERLAP : Duration.ofSeconds(seconds);
  }
}
