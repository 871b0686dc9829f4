package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each is one clear line and exit status 1. */
class StartFailuresIT {

  @TempDir Path folder;

  @Test
  void a_port_that_is_taken() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertFails(folder.resolve("data"), socket.getLocalPort(), "port " + socket.getLocalPort());
    }
  }

  @Test
  void ports_of_servers_that_are_taken_are_named_at_once() throws Exception {
    var loopback = InetAddress.getLoopbackAddress();
    try (var kafka = new ServerSocket(0, 1, loopback);
        var mongodb = new ServerSocket(0, 1, loopback)) {
      var infra =
          InfraProcess.launch(
              folder.resolve("data"),
              List.of(
                  "--kafka-port=" + kafka.getLocalPort(),
                  "--mongodb-port=" + mongodb.getLocalPort(),
                  "--postgresql-port=" + MusterProcess.freePort()));
      assertThat(infra.exitStatus()).isEqualTo(1);
      assertThat(infra.output().lines())
          .satisfiesExactly(
              line -> assertThat(line).endsWith("choose another with --kafka-port"),
              line -> assertThat(line).endsWith("choose another with --mongodb-port"));
      infra.forget();
    }
  }

  @Test
  void a_data_folder_in_use() throws Exception {
    Files.writeString(folder.resolve("muster.pid"), "4711 1\n");
    try (var channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertFails(folder, MusterProcess.freePort(), "already in use by pid 4711");
    }
  }

  @Test
  void a_data_folder_that_cannot_be_written() throws Exception {
    var file = Files.createFile(folder.resolve("file"));
    assertFails(file, MusterProcess.freePort(), "is a file");
    assertFails(file.resolve("below"), MusterProcess.freePort(), "cannot be written");
    assertFails(Path.of("/proc/muster"), MusterProcess.freePort(), "cannot be written");
  }

  @Test
  void a_configuration_file_that_is_missing_or_makes_no_sense() throws Exception {
    var data = folder.resolve("data");
    int port = MusterProcess.freePort();
    assertFails(data, port, "cannot be read", "--config", folder.resolve("no.yaml").toString());
    var hosts =
        Files.writeString(
            folder.resolve("hosts.yaml"),
            "muster:\n  hosts:\n    - { name: a, region: b, driver: teleport, capacity: 1 }\n");
    assertFails(data, port, "teleport", "--config", hosts.toString());
  }

  private static void assertFails(Path data, int port, String why, String... options)
      throws Exception {
    var muster = MusterProcess.launch(data, port, options);
    assertThat(muster.exitStatus()).isEqualTo(1);
    assertThat(muster.output().lines().filter(line -> line.startsWith("muster: ")))
        .singleElement()
        .asString()
        .contains(why);
    assertThat(muster.output()).doesNotContain("Exception").doesNotContain("\tat ");
  }
}
