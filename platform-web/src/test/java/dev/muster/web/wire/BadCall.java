package dev.muster.web.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of a table of bad calls, its columns two spaces or more apart:
 *
 * <pre>{@code
 * status problem  METHOD target  Header: value  body
 * }</pre>
 *
 * Only the first two columns are needed, and there may be several headers. {@code <name>} stands
 * for a variable, {@code <x*9>} for nine x, and {@code \xHH} for a byte.
 *
 * @param type last part of the problem's type, or {@code -} when it is no error
 */
public record BadCall(
    String line, int status, String type, String method, String target, List<String> more) {

  private static final Pattern COLUMNS = Pattern.compile(" {2,}");
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:( .*)?");
  private static final Pattern REPEAT = Pattern.compile("<([^<>*]+)\\*([0-9]+)>");
  private static final Pattern BYTE = Pattern.compile("\\\\x([0-9A-Fa-f]{2})");

  /** The calls of a resource beside that class; empty lines and those with # say nothing. */
  public static Stream<BadCall> in(Class<?> beside, String resource) throws IOException {
    try (var in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no " + resource);
      }
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(BadCall::of);
    }
  }

  public static BadCall of(String line) {
    var columns = COLUMNS.split(line.strip());
    var expected = columns[0].split(" ");
    var call = columns[1].split(" ", 2);
    return new BadCall(
        line,
        Integer.parseInt(expected[0]),
        expected[1],
        call[0],
        call[1],
        Arrays.stream(columns).skip(2).toList());
  }

  public Answer send(int port, String key, Map<String, String> variables) throws IOException {
    var answers = Wire.exchange(port, request(key, variables));
    assertThat(answers).as(line).hasSize(1);
    return answers.getFirst();
  }

  /** What any error has to be, besides what this line says. */
  public void check(Answer answer) {
    assertThat(answer.status()).as("%s%n%s", line, answer).isEqualTo(status);
    assertThat(answer.head()).as(line).doesNotContain("Server:", "X-Powered-By");
    assertThat(answer.header("X-Request-Id")).as(line).isPresent();
    if (!type.equals("-") && !method.equals("HEAD")) {
      assertThat(answer.header("Content-Type")).as(line).hasValue("application/problem+json");
      WholeProblem.check(line, answer.body());
      assertThat(answer.body())
          .as(line)
          .contains("\"type\":\"%s\"".formatted(uri()))
          .contains("\"status\":" + status)
          .contains("\"request_id\":\"%s\"".formatted(answer.header("X-Request-Id").orElse("")))
          .doesNotContain("Exception", "dev.muster", "Tomcat", "\tat ");
    }
  }

  private String uri() {
    return type.equals("about:blank") ? type : "/problems/" + type;
  }

  private byte[] request(String key, Map<String, String> variables) {
    var headers = more.stream().filter(column -> HEADER.matcher(column).matches()).toList();
    var body = more.stream().filter(column -> !HEADER.matcher(column).matches()).findFirst();
    var text = new StringBuilder();
    text.append("%s %s HTTP/1.1\r\nConnection: close\r\n".formatted(method, target));
    unless(headers, "Host", "localhost", text);
    if (!key.isEmpty()) {
      unless(headers, "X-API-Key", key, text);
    }
    headers.forEach(header -> text.append(header).append("\r\n"));
    var bytes = body.map(value -> filled(value, variables)).orElse("");
    if (body.isPresent()) {
      unless(headers, "Content-Type", "application/json", text);
      unless(headers, "Content-Length", String.valueOf(bytes.length()), text);
    }
    return (filled(text + "\r\n", variables) + bytes).getBytes(ISO_8859_1);
  }

  private static void unless(List<String> given, String name, String value, StringBuilder text) {
    if (given.stream().noneMatch(header -> header.regionMatches(true, 0, name, 0, name.length()))) {
      text.append(name).append(": ").append(value).append("\r\n");
    }
  }

  /** Bytes as characters. */
  private static String filled(String template, Map<String, String> variables) {
    var text = template;
    for (var variable : variables.entrySet()) {
      text = text.replace("<" + variable.getKey() + ">", variable.getValue());
    }
    text = REPEAT.matcher(text).replaceAll(BadCall::repeated);
    var bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
    return BYTE.matcher(bytes).replaceAll(BadCall::character);
  }

  private static String repeated(MatchResult match) {
    return java.util.regex.Matcher.quoteReplacement(
        match.group(1).repeat(Integer.parseInt(match.group(2))));
  }

  private static String character(MatchResult match) {
    return java.util.regex.Matcher.quoteReplacement(
        Character.toString((char) Integer.parseInt(match.group(1), 16)));
  }

  @Override
  public String toString() {
    return line.strip();
  }
}
