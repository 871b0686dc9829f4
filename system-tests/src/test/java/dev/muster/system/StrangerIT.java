package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other users of the machine get of a platform that a new user has started. */
class StrangerIT {

  @TempDir static Path folder;

  private static MusterProcess muster;

  @BeforeAll
  static void start() throws Exception {
    // JUnit's folder is closed to others, and the data below it would be closed by that alone.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    muster = MusterProcess.up(folder.resolve("data"));
    muster.api().running("{\"name\": \"a\"}");
  }

  @AfterAll
  static void stop() throws Exception {
    muster.close();
  }

  @Test
  void no_port_gives_anything_to_who_has_no_login_or_a_wrong_one() throws Exception {
    var ports = ports();

    assertThat(new Stranger("").gets(ports)).isEmpty();
    assertThat(new Stranger("guessed").gets(ports)).isEmpty();

    var password = Files.readString(muster.data().resolve("servers.password")).strip();
    await("what the right login gets, so that the questions are right")
        .untilAsserted(
            () ->
                assertThat(new Stranger(password).gets(ports))
                    .extracting(got -> got.substring(0, got.indexOf(" at ")))
                    .contains("Kafka", "Kafka's controller", "Mongo"));
  }

  @Test
  void no_file_of_the_data_folder_can_be_read_or_written_by_another_user() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root becomes another user");

    assertThat(Stranger.reads("65534", muster.data().toString())).isEmpty();
    assertThat(Stranger.reads("0", muster.data().toString())).contains("audit.key");
  }

  @Test
  void instances_of_a_platform_of_root_are_users_of_their_own() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "an ordinary user has one user id");

    assertThat(muster.api().get("/api/hosts").body()).contains("\"isolation\":\"user\"");
  }

  // SSH begins a moment after the platform is ready.
  private static Set<Integer> ports() {
    return await("HTTP, SSH, Kafka, its controller, Mongo, PostgreSQL")
        .until(StrangerIT::listening, found -> found.size() >= 6);
  }

  private static Set<Integer> listening() throws Exception {
    var ports = new TreeSet<Integer>();
    for (long pid : pids()) {
      ports.addAll(ListeningPorts.of(pid));
    }
    return ports;
  }

  private static List<Long> pids() throws Exception {
    var files =
        Stream.of("muster.pid", "postgresql/cluster/postmaster.pid").map(muster.data()::resolve);
    return files
        .map(
            file -> {
              try {
                return Long.parseLong(Files.readString(file).strip().split("\\s")[0]);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }
}
