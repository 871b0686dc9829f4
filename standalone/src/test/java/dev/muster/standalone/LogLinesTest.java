package dev.muster.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform's log and its terminal, as its own configuration writes them. */
class LogLinesTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;
  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void restore() {
    context.stop();
    System.setOut(stdout);
  }

  @Test
  void each_record_has_a_line_of_its_own() throws Exception {
    System.setOut(new PrintStream(written, true, UTF_8));
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("muster.log", folder.resolve("muster.log").toString());
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogLinesTest.class.getResource("/logback.xml"));

    context.getLogger("dev.muster.test").warn("one\nhalf");
    context.getLogger("dev.muster.test").warn("two", new IllegalStateException("why"));

    assertThat(written.toString(UTF_8).lines()).hasSize(2);
    assertThat(Files.readAllLines(folder.resolve("muster.log")))
        .hasSizeGreaterThan(2)
        .satisfies(lines -> assertThat(lines.get(0)).contains("one\\u000ahalf"))
        .satisfies(lines -> assertThat(lines.get(1)).contains("two"))
        .satisfies(lines -> assertThat(lines.get(2)).startsWith("\t"));
  }
}
