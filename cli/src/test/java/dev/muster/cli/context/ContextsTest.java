package dev.muster.cli.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.FakeServer;
import dev.muster.cli.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {

  @TempDir Path settings;
  private Map<String, String> variables = Map.of();
  private Path file = Path.of("");

  @BeforeEach
  void settings() {
    variables = Map.of("XDG_CONFIG_HOME", settings.toString());
    file = settings.resolve("muster/contexts/lab.json");
  }

  private Terminal terminal() {
    return new Terminal().with("XDG_CONFIG_HOME", settings.toString());
  }

  @Test
  void what_is_kept_can_be_read_by_the_owner_alone() throws IOException {
    contexts().put("lab", new Context("http://localhost:1", "ik_secret", null, null));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(contexts().get("lab").key()).isEqualTo("ik_secret");
  }

  @Test
  void a_file_that_others_can_read_is_refused() throws IOException {
    contexts().put("lab", new Context("http://localhost:1", "ik_secret", null, null));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> contexts().get("lab"))
        .isInstanceOf(ContextException.class)
        .hasMessageContaining("can be read or changed by others (rw-r--r--)");
  }

  @Test
  void a_half_written_file_is_named() throws IOException {
    contexts().put("lab", new Context("http://localhost:1", "ik_secret", null, null));
    contexts().use("lab");
    Files.writeString(file, "{\"url\": \"http://loc");
    var terminal = terminal();

    assertThat(terminal.run("list")).isEqualTo(2);

    assertThat(terminal.err())
        .contains(file.toString(), "cannot be used", "muster login")
        .doesNotContain("ik_secret");
  }

  @Test
  void a_context_that_is_there_or_has_no_key_is_refused() {
    var add = new String[] {"context", "add", "lab", "--url", "http://localhost:1", "--key-stdin"};

    assertThat(terminal().input("\n").run(add)).isEqualTo(2);
    assertThat(terminal().input("ik_x\n").run(add)).isZero();
    assertThat(terminal().input("ik_y\n").run(add)).isEqualTo(5);
  }

  @Test
  void several_are_kept_and_one_is_used() {
    assertThat(terminal().run("context", "add", "lab", "--url", "http://localhost:1/")).isZero();
    assertThat(
            terminal()
                .typed("ik_two\n")
                .run("context", "add", "other", "--url", "http://localhost:2", "--key-stdin"))
        .isZero();
    assertThat(terminal().run("context", "use", "other")).isZero();
    var list = terminal();
    list.run("context", "list");

    assertThat(list.out().lines())
        .containsExactly(
            "USED  NAME   URL                 KEY",
            "      lab    http://localhost:1  MUSTER_API_KEY",
            "*     other  http://localhost:2  kept here");
    assertThat(terminal().run("context", "remove", "other")).isZero();
    assertThat(contexts().names()).containsExactly("lab");
    assertThat(contexts().current()).isEmpty();
  }

  @Test
  void names_and_addresses_that_make_no_sense_are_refused() {
    assertThat(terminal().run("context", "add", "../x", "--url", "http://localhost:1"))
        .isEqualTo(2);
    assertThat(terminal().run("context", "add", "x", "--url", "ftp://localhost")).isEqualTo(2);
    assertThat(terminal().run("context", "add", "x", "--url", "http://user:secret@localhost"))
        .isEqualTo(2);
    assertThat(terminal().run("context", "use", "none")).isEqualTo(2);
    assertThat(terminal().run("list", "--context", "none")).isEqualTo(2);
  }

  @Test
  void variables_go_before_the_context_and_its_key_goes_nowhere_else() {
    contexts().put("lab", new Context("http://localhost:1", "ik_secret", null, null));
    contexts().use("lab");
    var choice = new ServerChoice(with("MUSTER_URL", "http://localhost:2"));

    assertThat(choice.choose(null, null).url()).hasPort(2);
    assertThat(choice.choose(null, null).key()).isEmpty();
    assertThat(choice.choose("lab", null).key()).contains("ik_secret");
    assertThat(new ServerChoice(with("MUSTER_API_KEY", "ik_two")).choose(null, null))
        .satisfies(
            server -> {
              assertThat(server.url()).hasPort(1);
              assertThat(server.key()).contains("ik_two");
            });
    assertThat(new ServerChoice(variables).choose(null, "http://localhost:3").key()).isEmpty();
  }

  @Test
  void a_key_comes_from_a_file_or_a_command() throws IOException {
    var key = Files.writeString(settings.resolve("key"), "ik_file\n");
    contexts().put("file", new Context("http://localhost:1", null, key.toString(), null));
    contexts().put("command", new Context("http://localhost:1", null, null, "echo ik_command"));
    contexts().put("broken", new Context("http://localhost:1", null, null, "exit 3"));
    var choice = new ServerChoice(variables);

    assertThat(choice.choose("file", null).key()).contains("ik_file");
    assertThat(choice.choose("command", null).key()).contains("ik_command");
    assertThatThrownBy(() -> choice.choose("broken", null)).hasMessageContaining("ended with 3");
    Files.delete(key);
    assertThatThrownBy(() -> choice.choose("file", null)).hasMessageContaining("cannot be read");
  }

  @Test
  void a_login_is_kept_only_when_the_server_takes_the_key() throws IOException {
    try (var server = new FakeServer()) {
      server
          .on("GET /api/regions", 401, "{\"type\":\"/problems/unauthenticated\",\"title\":\"No\"}")
          .on("GET /api/regions", 200, "[]");
      server.on(
          "GET /api/keys?limit=1000",
          200,
          "[{\"id\":\"key_abcdefgh\",\"name\":\"ci\",\"scopes\":[\"admin\"]}]");
      // Not at a terminal, the key is the input.
      var refused = terminal().input("ik_abcdefgh_x\n");
      assertThat(refused.run("login", "ci", "--url", server.url())).isEqualTo(4);
      assertThat(contexts().names()).isEmpty();

      var taken = terminal().input("ik_abcdefgh_x\n");
      assertThat(taken.run("login", "ci", "--url", server.url())).isZero();

      assertThat(taken.out())
          .contains("key_abcdefgh", "ci", "admin")
          .doesNotContain("ik_abcdefgh_x");
      assertThat(contexts().current()).contains("ci");
    }
  }

  private Map<String, String> with(String variable, String value) {
    return Map.of("XDG_CONFIG_HOME", settings.toString(), variable, value);
  }

  private Contexts contexts() {
    return Contexts.of(variables).orElseThrow();
  }
}
