package dev.muster.web.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A call made of anything, to a route there is. Its characters are bytes, and where its body ends
 * is said rightly.
 */
public record AnyCall(String method, String head, String body) {

  private static final List<String> METHODS =
      List.of("GET", "POST", "DELETE", "HEAD", "PUT", "PATCH", "OPTIONS", "FOO");
  private static final List<String> PARAMETERS =
      List.of("limit", "cursor", "status", "region", "name", "as_of", "version", "timeout", "x");
  private static final List<String> HEADERS =
      List.of(
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Content-Type",
          "Cookie",
          "Host",
          "Idempotency-Key",
          "If-Match",
          "If-None-Match",
          "Origin",
          "Prefer",
          "Range",
          "traceparent",
          "X-Forwarded-For",
          "X-Request-Id");

  /** Calls with a key that opens everything. */
  public static Arbitrary<AnyCall> to(Routes routes, String key) {
    return Combinators.combine(
            Arbitraries.of(METHODS),
            Arbitraries.of(List.copyOf(routes.methods().keySet())),
            segment(),
            anyQuery(),
            anyHeaders(),
            anyBody())
        .as(
            (method, pattern, id, query, headers, body) ->
                new AnyCall(
                    method,
                    "%s %s%s HTTP/1.1\r\nX-API-Key: %s\r\nConnection: close\r\n%s"
                        .formatted(
                            method,
                            pattern.replaceAll("\\{[^}]+}", Matcher.quoteReplacement(id)),
                            query,
                            key,
                            headers),
                    body));
  }

  public Answer send(int port) throws IOException {
    return Wire.exchange(port, bytes()).getLast();
  }

  /** What holds of every answer, whatever was asked. */
  public void check(Answer answer) {
    assertThat(answer.status()).as(toString()).isBetween(200, 499);
    assertThat(answer.header("X-Request-Id")).as(toString()).isPresent();
    assertThat(answer.head()).as(toString()).doesNotContain("Server:");
    if (answer.status() >= 400 && !method.equals("HEAD")) {
      assertThat(answer.header("Content-Type")).as(toString()).hasValue("application/problem+json");
      assertThat(answer.body())
          .as(toString())
          .contains("\"request_id\":\"" + answer.header("X-Request-Id").orElse("") + "\"")
          .doesNotContain("Exception", "\tat ");
    }
  }

  private byte[] bytes() {
    var framing = body.isEmpty() ? "" : "Content-Length: %d\r\n".formatted(body.length());
    var host = head.contains("\r\nHost:") ? "" : "Host: localhost\r\n";
    return (head + host + framing + "\r\n" + body).getBytes(ISO_8859_1);
  }

  private static Arbitrary<String> segment() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30).map(AnyCall::encoded),
        Arbitraries.strings().withCharRange('!', '~').ofMaxLength(30),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(AnyCall::encoded),
        Arbitraries.of("inst_00000000000000000000000000", ".", "..", ""));
  }

  private static Arbitrary<String> anyQuery() {
    var value =
        Arbitraries.oneOf(
            segment(),
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.doubles().map(String::valueOf),
            Arbitraries.of("running", "all", "true", "null"));
    return Combinators.combine(Arbitraries.of(PARAMETERS), value)
        .as((name, text) -> name + "=" + text)
        .list()
        .ofMaxSize(3)
        .map(parameters -> parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
  }

  private static Arbitrary<String> anyHeaders() {
    var value =
        Arbitraries.oneOf(
            Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(40),
            Arbitraries.strings().withCharRange('\u00a0', '\u00ff').ofMaxLength(20),
            Arbitraries.of("*", "*/*", "application/json", "wait=1", "respond-async", "\"1\""));
    return Combinators.combine(Arbitraries.of(HEADERS), value)
        .as((name, text) -> "%s: %s\r\n".formatted(name, text))
        .list()
        .ofMaxSize(3)
        .map(lines -> String.join("", lines));
  }

  private static Arbitrary<String> anyBody() {
    return Arbitraries.oneOf(
        Arbitraries.just(""),
        Arbitraries.strings().ofMaxLength(60).map(AnyCall::asBytes),
        Arbitraries.strings().withChars("{}[]\":,\\u0019eE+-.truefalsn \n").ofMaxLength(60),
        Combinators.combine(
                Arbitraries.of("name", "region", "cpus", "memory_mb", "env", "command", "x"),
                Arbitraries.of(
                    "null",
                    "7",
                    "-1e999",
                    "\"\"",
                    "\"\\ud800\"",
                    "[]",
                    "{}",
                    "{\"a\":[{}]}",
                    "true"))
            .as("{\"%s\":%s}"::formatted));
  }

  private static String asBytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).replaceAll("(..)", "%$1");
  }

  @Override
  public String toString() {
    return new String(bytes(), ISO_8859_1).replace("\r\n", " | ");
  }
}
