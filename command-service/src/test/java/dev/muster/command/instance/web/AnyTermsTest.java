package dev.muster.command.instance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Headers and bodies made of anything are understood, or refused as the caller's mistake. */
class AnyTermsTest {

  private static final String SEED = "20261124";
  private static final JsonMapper JSON = new JsonMapper();

  @Provide
  Arbitrary<List<String>> headers() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(40),
            Arbitraries.strings().withChars("\",;=* Wwait/0123456789").ofMaxLength(40),
            Arbitraries.strings().withChars("\",").ofMinLength(4_000).ofMaxLength(8_000))
        .list()
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<String> json() {
    return json(3);
  }

  private static Arbitrary<String> json(int depth) {
    var plain =
        Arbitraries.oneOf(
            Arbitraries.of("null", "true", "0", "-1.5e300", "9999999999999999999", "[]", "{}"),
            Arbitraries.strings().ofMaxLength(20).map(JSON::writeValueAsString));
    return depth == 0
        ? plain
        : Arbitraries.oneOf(
            plain, json(depth - 1).list().ofMaxSize(3).map(Object::toString), fields(depth - 1));
  }

  private static Arbitrary<String> fields(int depth) {
    return Arbitraries.maps(
            Arbitraries.oneOf(
                Arbitraries.of(
                    "name",
                    "region",
                    "image",
                    "command",
                    "env",
                    "cpus",
                    "memory_mb",
                    "disk_mb",
                    "pids",
                    "stop_timeout"),
                Arbitraries.strings().ofMaxLength(5)),
            json(depth))
        .ofMaxSize(4)
        .map(
            fields ->
                fields.entrySet().stream()
                    .map(field -> JSON.writeValueAsString(field.getKey()) + ":" + field.getValue())
                    .collect(Collectors.joining(",", "{", "}")));
  }

  @Property(tries = 500, seed = SEED)
  void any_preference(@ForAll("headers") List<String> values) {
    onlyRefused(
        () ->
            assertThat(WaitPreference.of(values).forOutcome())
                .isBetween(Duration.ZERO, seconds(60)));
  }

  @Property(tries = 500, seed = SEED)
  void any_condition(@ForAll("headers") List<String> values) {
    onlyRefused(
        () ->
            IfMatch.versions(values)
                .ifPresent(versions -> assertThat(versions).allMatch(version -> version > 0)));
  }

  @Property(tries = 1000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void any_body(@ForAll("json") String body) {
    try {
      var read = JSON.readTree(body);
      onlyRefused(() -> assertThat(CreateBody.read(read, "us-east-1", () -> "name")).isNotNull());
    } catch (JacksonException e) {
      // Not JSON, which never gets as far.
    }
  }

  private static void onlyRefused(Runnable reading) {
    try {
      reading.run();
    } catch (ProblemException e) {
      assertThat(e.type()).isEqualTo(ProblemType.INVALID_REQUEST);
    }
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }
}
