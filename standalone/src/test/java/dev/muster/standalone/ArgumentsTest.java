package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ops.launch.StartException;
import dev.muster.standalone.Invocation.Help;
import dev.muster.standalone.Invocation.Infra;
import dev.muster.standalone.Invocation.Up;
import dev.muster.standalone.Invocation.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @Test
  void up_alone_keeps_its_data_here_and_listens_on_3000() {
    assertThat(parse("up")).isEqualTo(new Up(Path.of("data").toAbsolutePath(), 3000, null));
  }

  @Test
  void an_option_wins_over_the_environment() {
    var environment =
        Map.of("MUSTER_DATA", "/e", "MUSTER_PORT", "4000", "MUSTER_CONFIG", "/e/muster.yaml");
    assertThat(Arguments.parse(List.of("up"), environment))
        .isEqualTo(new Up(Path.of("/e"), 4000, Path.of("/e/muster.yaml")));
    assertThat(
            Arguments.parse(
                List.of("up", "--data", "/o", "--port=5000", "--config", "/o/x.yaml"), environment))
        .isEqualTo(new Up(Path.of("/o"), 5000, Path.of("/o/x.yaml")));
  }

  @Test
  void infra_has_fixed_ports_that_can_be_set() {
    assertThat(parse("infra"))
        .isEqualTo(new Infra(Path.of("data").toAbsolutePath(), ServerPorts.FIXED));
    assertThat(parse("infra", "--data", "/o", "--postgresql-port=1", "--kafka-port=2"))
        .isEqualTo(new Infra(Path.of("/o"), new ServerPorts(1, 2, ServerPorts.FIXED.mongodb())));
  }

  @Test
  void help_is_given_when_asked_for_and_when_nothing_is() {
    assertThat(parse()).isInstanceOf(Help.class);
    assertThat(parse("--help")).isInstanceOf(Help.class);
    assertThat(parse("up", "--help")).isInstanceOf(Help.class);
    assertThat(parse("version")).isInstanceOf(Version.class);
  }

  @ParameterizedTest
  @CsvSource({
    "go,                '''go'' is no command; see muster --help'",
    "up --prot 1,       '''--prot'' is no option of up; see muster --help'",
    "up --port,         '--port needs a value; see muster --help'",
    "up --port 0,       '--port ''0'' is no port; it takes 1 to 65535'",
    "up --port 65536,   '--port ''65536'' is no port; it takes 1 to 65535'",
    "up --port=3k,      '--port ''3k'' is no port; it takes 1 to 65535'",
  })
  void a_mistake_is_named(String commandLine, String message) {
    assertThatThrownBy(() -> parse(commandLine.split(" ")))
        .isInstanceOf(StartException.class)
        .hasMessage(message);
  }

  private static Invocation parse(String... arguments) {
    return Arguments.parse(List.of(arguments), Map.of());
  }
}
