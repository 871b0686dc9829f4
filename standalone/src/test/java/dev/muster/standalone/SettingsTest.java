package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ops.launch.Ports;
import dev.muster.ops.launch.StartException;
import dev.muster.standalone.Invocation.Up;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path folder;

  @Test
  void a_yaml_file_gives_settings_and_the_command_line_wins() throws IOException {
    var file = folder.resolve("muster.yaml");
    Files.writeString(
        file,
        """
        muster:
          default-region: sim-1
          hosts:
            - { name: lab, region: sim-1, driver: simulated, capacity: 10 }
        server.port: 1
        """);

    var settings = Settings.load(new Up(folder, 3111, file));

    assertThat(settings.getProperty("muster.default-region")).isEqualTo("sim-1");
    assertThat(settings.getProperty("muster.hosts[0].driver")).isEqualTo("simulated");
    assertThat(settings.getProperty("server.port")).isEqualTo("3111");
  }

  @Test
  void without_a_file_the_hosts_keep_their_data_in_the_data_folder() {
    assertThat(Settings.load(new Up(folder, 3111, null)).getProperty("muster.hosts-data"))
        .isEqualTo(folder.resolve("hosts").toString());
  }

  @Test
  void a_file_that_is_missing_broken_or_of_another_kind_is_said_in_one_line() throws IOException {
    var broken = Files.writeString(folder.resolve("broken.yaml"), "muster: [");
    var other = Files.writeString(folder.resolve("muster.toml"), "");
    assertRefused(folder.resolve("none.yaml"), "cannot be read");
    assertRefused(broken, "is not as it should be");
    assertRefused(other, "must end in .yaml or .properties");
  }

  @Test
  void a_port_that_is_taken_is_named() throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    try (var socket = new ServerSocket(0, 1, loopback)) {
      assertThatThrownBy(() -> Ports.check(loopback, socket.getLocalPort(), "--port"))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("port " + socket.getLocalPort())
          .hasMessageEndingWith("choose another with --port");
    }
  }

  private void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> Settings.load(new Up(folder, 3111, file)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }
}
