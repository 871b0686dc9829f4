package dev.muster.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.web.key.PresentedKey;
import dev.muster.web.wire.Answer;
import dev.muster.web.wire.WholeProblem;
import dev.muster.web.wire.Wire;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Bytes that are no request, or could be taken for two. */
@ExtendWith(OutputCaptureExtension.class)
class HostileBytesTest {

  private static final String KEY = PresentedKey.generate().text();
  private static final Pattern REPEAT = Pattern.compile("<([^<>*]+)\\*([0-9]+)>");
  private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");
  private static final String NEXT = "GET /api/me HTTP/1.1\r\nHost: smuggled\r\n\r\n";
  private static final Map<Integer, String> TYPES =
      Map.of(
          400, "/problems/invalid-request",
          408, "/problems/timeout",
          417, "about:blank",
          501, "about:blank",
          505, "about:blank");

  private static ConfigurableApplicationContext service;
  private static int port;

  static Stream<String> shapes() throws IOException {
    try (var in = HostileBytesTest.class.getResourceAsStream("wire-shapes.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }
  }

  @BeforeAll
  static void start() {
    service =
        SpringApplication.run(
            PlatformWebTest.Service.class,
            "--server.port=0",
            "--muster.api-key=" + KEY,
            "--muster.http.trusted-proxies=127.0.0.1",
            "--muster.http.request-time=2s",
            "--server.tomcat.connection-timeout=1s");
    port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @AfterAll
  static void the_service_goes_on() throws IOException {
    assertThat(healthz().status()).isEqualTo(200);
    service.close();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void it_is_refused_and_what_comes_after_it_is_not_heard(String line) throws IOException {
    var expected = Integer.parseInt(line.substring(0, line.indexOf(' ')));
    var answers = Wire.exchange(port, bytes(line.substring(line.indexOf(' ') + 1) + NEXT));

    if (expected == 0) {
      assertThat(answers).isEmpty();
    } else {
      assertThat(answers).as(line).hasSize(1);
      assertProblem(answers.getFirst(), expected);
    }
  }

  @Test
  void a_trusted_proxy_says_where_a_request_came_from() throws IOException {
    var answers =
        Wire.exchange(
            port,
            bytes(
                "GET /api/me HTTP/1.1|Host: a|<key>|Connection: close"
                    + "|Forwarded: proto=https|X-Forwarded-For: 10.9.9.9, 198.51.100.7||"));

    assertThat(answers)
        .singleElement()
        .extracting(Answer::body)
        .asString()
        .contains("\"source_ip\":\"198.51.100.7\"");
  }

  @Test
  void what_is_no_http_is_a_line_of_the_log_and_no_trace(CapturedOutput output) throws IOException {
    for (int i = 0; i < 20; i++) {
      Wire.exchange(port, Wire.bytes("G@T /api/me HTTP/1.1\r\nX\u0001: 1\r\n\r\n"));
    }

    assertThat(output.getOut()).contains("request_unreadable status=400 source_ip=127.0.0.1");
    assertThat(output.getOut()).doesNotContain("\tat ", "Exception");
    assertThat(output.getOut().lines().filter(line -> line.contains("request_unreadable")))
        .hasSizeLessThan(20);
  }

  @Test
  void a_body_that_ends_too_soon_is_told_so_or_cut_off() throws IOException {
    var answers =
        Wire.exchange(
            port, bytes("POST /api/things HTTP/1.1|Host: a|<key>|<json>|Content-Length: 50||{}"));

    assertThat(answers).hasSizeLessThan(2);
    assertThat(answers).allSatisfy(answer -> assertProblem(answer, 408));
  }

  @Test
  void without_headers_there_is_no_key_and_nothing_to_see() throws IOException {
    var answers = Wire.exchange(port, Wire.bytes("GET /api/me\r\n\r\n"));

    assertThat(answers).extracting(Answer::body).allMatch(body -> body.contains("unauthenticated"));
  }

  @Test
  void pipelined_requests_are_answered_in_turn() throws IOException {
    var answers =
        Wire.exchange(
            port,
            bytes(
                "GET /healthz HTTP/1.1|Host: a|Content-Length: 5||helloGET /api/me HTTP/1.1|Host: a"
                    + "|Connection: close||"));

    assertThat(answers).extracting(Answer::status).containsExactly(200, 401);
  }

  private static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.head()).doesNotContain("Server:");
    WholeProblem.check(answer.toString(), answer.body());
    assertThat(answer.body())
        .contains("\"type\":\"%s\"".formatted(TYPES.get(status)))
        .contains("\"status\":" + status)
        .contains("\"request_id\":\"" + answer.header("X-Request-Id").orElseThrow() + "\"")
        .doesNotContain("Tomcat", "Exception");
  }

  private static Answer healthz() throws IOException {
    return Wire.exchange(port, bytes("GET /healthz HTTP/1.1|Host: a|Connection: close||"))
        .getFirst();
  }

  private static byte[] bytes(String shape) {
    var repeated =
        REPEAT
            .matcher(shape)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1).repeat(Integer.parseInt(found.group(2)))));
    var text =
        repeated
            .replace("|", "\r\n")
            .replace("\\n", "\n")
            .replace("<key>", "X-API-Key: " + KEY)
            .replace("<json>", "Content-Type: application/json");
    return Wire.bytes(
        BYTE.matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        Character.toString((char) Integer.parseInt(found.group(1), 16)))));
  }
}
