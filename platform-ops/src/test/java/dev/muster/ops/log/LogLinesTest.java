package dev.muster.ops.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** The log of a service as its own configuration writes it. */
class LogLinesTest {

  private static final String FORGED = "time=2026-01-01T00:00:00.000Z level=ERROR forged";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws Exception {
    System.setOut(new PrintStream(written, true, UTF_8));
    context.setMDCAdapter(new LogbackMDCAdapter());
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        LogLinesTest.class.getResource("/dev/muster/ops/launch/service-logback.xml"));
  }

  @AfterEach
  void restore() {
    context.stop();
    System.setOut(stdout);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\n" + FORGED,
        "a\r\n" + FORGED,
        "a\r" + FORGED,
        "\u001b[2J\u001b[1;31mred",
        "\u0000\u0007\b\u007f\u009b31m",
        "\u2028" + FORGED + "\u2029\u0085",
        "\u202egnirts"
      })
  void what_somebody_sent_stays_within_one_line(String sent) {
    log().info("name={} ", sent);

    assertThat(lines()).singleElement().asString().startsWith("time=").contains("\\u");
    assertThat(lines().getFirst().codePoints()).noneMatch(Character::isISOControl);
  }

  @Test
  void each_record_has_a_line_of_its_own() {
    log().info("one");
    log().info("two");

    assertThat(lines()).hasSize(2).allMatch(line -> line.startsWith("time="));
    assertThat(text()).doesNotContain("%");
  }

  @Test
  void a_stack_trace_cannot_pass_for_a_record() {
    log().error("failed", new IllegalStateException("a\n" + FORGED + "\u001b[2J\r" + FORGED));

    assertThat(lines()).hasSizeGreaterThan(3);
    assertThat(lines().getFirst()).startsWith("time=").doesNotContain("\t");
    assertThat(lines().subList(1, lines().size())).allMatch(line -> line.startsWith("\t"));
    assertThat(text()).doesNotContain("\u001b", "\r");
  }

  @Test
  void what_is_no_control_character_is_written_as_it_is() {
    log().info("name={}", "zürich 名前 🐝 \\ \"q\"");

    assertThat(text()).contains("name=zürich 名前 🐝 \\ \"q\"");
  }

  private Logger log() {
    return context.getLogger("test");
  }

  private String text() {
    return written.toString(UTF_8);
  }

  private List<String> lines() {
    return List.of(text().split("\n"));
  }
}
