package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalContextTest {

  @TempDir Path home;

  @Test
  void it_is_its_owners_and_has_no_secret() throws IOException {
    var key = new AdminKeyFile("ik_secret", home.resolve("data/admin.key"), true);

    var context =
        LocalContext.write(Map.of("HOME", home.toString()), "http://localhost:3000", 3000, key)
            .orElseThrow();

    assertThat(context.name()).isEqualTo("local");
    assertThat(context.file()).isEqualTo(home.resolve(".config/muster/contexts/local.json"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(context.file())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(context.file()))
        .isEqualTo(
            "{\"url\":\"http://localhost:3000\",\"key_file\":\"%s\"}\n".formatted(key.file()));
    assertThat(home.resolve(".config/muster/current")).hasContent("local");
  }

  @Test
  void platforms_on_other_ports_have_names_of_their_own_and_a_given_key_is_not_kept()
      throws IOException {
    var settings = Map.of("HOME", "/nowhere", "XDG_CONFIG_HOME", home.toString());

    var context = LocalContext.write(settings, "http://localhost:4000", 4000, null).orElseThrow();

    assertThat(context.name()).isEqualTo("local-4000");
    assertThat(context.file()).hasContent("{\"url\":\"http://localhost:4000\"}");
    assertThat(home.resolve("muster/current")).hasContent("local-4000");
  }

  @Test
  void without_a_home_there_is_none_and_one_that_cannot_be_written_is_said() throws IOException {
    assertThat(LocalContext.write(Map.of(), "http://localhost:3000", 3000, null)).isEmpty();

    var file = Files.createFile(home.resolve("file"));
    assertThatThrownBy(
            () ->
                LocalContext.write(
                    Map.of("HOME", file.toString()), "http://localhost:3000", 3000, null))
        .isInstanceOf(IOException.class);
  }
}
