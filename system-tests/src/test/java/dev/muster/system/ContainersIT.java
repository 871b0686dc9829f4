package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What instances of docker-compose.yml can do to the platform and to each other. Needs root. */
class ContainersIT {

  /** Enough for each of two workers to have some. */
  private static final int MANY = 6;

  private static final Path HOST = Path.of("/var/lib/muster/hosts/local");

  /** What probes call: each looks at the processes of everybody else, or asks Kafka. */
  private static final String FUNCTIONS =
      """
      others() {
        for p in /proc/[0-9]*; do
          u=$(stat -c %u "$p" 2>/dev/null) && [ "$u" != "$(id -u)" ] && echo "${p#/proc/}"
        done
      }
      any() {
        for p in $(others); do eval "$1" && return; done
        return 1
      }
      answers() {
        exec 3<>/dev/tcp/kafka/9092 && printf "$1" >&3 && [ "$(timeout 5 head -c 5 <&3 | wc -c)" = 5 ]
      }
      """;

  private final GivenPlatform muster = given();
  private final Api api = muster.api();
  private final List<String> created = new ArrayList<>();

  private static GivenPlatform given() {
    assumeTrue("given".equals(System.getProperty(Deployment.SWITCH)), "somebody starts containers");
    return new GivenPlatform();
  }

  @AfterEach
  void delete() throws Exception {
    for (var id : created) {
      api.delete("/api/instances/" + id);
    }
  }

  @Test
  void hosts_say_that_instances_are_users_of_their_own() throws Exception {
    var hosts = api.get("/api/hosts").json();

    assertThat(hosts).isNotEmpty();
    assertThat(hosts).allMatch(host -> host.get("isolation").asString().equals("user"));
  }

  @Test
  void no_two_instances_are_the_same_user() throws Exception {
    for (int i = 0; i < MANY; i++) {
      running("exec sleep 600");
    }

    var users = new HashSet<Object>();
    for (var id : created) {
      for (var process : HostProcess.mainsOf(muster.data(), id)) {
        users.add(Files.getAttribute(Path.of("/proc/" + process.pid()), "unix:uid"));
      }
    }
    assertThat(users).hasSize(MANY).doesNotContain(0);
  }

  @Test
  void an_instance_reaches_nothing_of_the_platform_nor_of_others() throws Exception {
    var other = running("umask 022; echo secret >secret; exec sleep 600");
    var probes = probes();
    var folder = HOST.resolve(other);
    var names = "O=%s W=%s\n".formatted(folder, folder.resolve("work"));
    var script = new StringBuilder(FUNCTIONS).append(names);
    for (var probe : probes) {
      script
          .append("( ")
          .append(probe.getValue())
          .append("\n) </dev/null >/dev/null 2>&1 && echo works || echo fails\n");
    }

    var prober = create("bash", script + "echo end");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> api.get("/api/instances/" + prober + "/logs").body().endsWith("end\n"));
    var said = api.get("/api/instances/" + prober + "/logs").body().lines().toList();

    var seen = new ArrayList<Map.Entry<String, String>>();
    for (int i = 0; i < probes.size(); i++) {
      seen.add(Map.entry(said.get(i), probes.get(i).getValue()));
    }
    assertThat(seen).containsExactlyElementsOf(probes);
  }

  @Test
  void a_pause_stops_and_a_delete_ends_what_left_its_session_and_environment() throws Exception {
    for (int i = 0; i < MANY; i++) {
      var mark = Integer.toString(86_400 + i);
      var id = running("setsid -f env -i sleep %s; exec sleep 600".formatted(mark));
      await().until(() -> states(mark).length() == 1);

      assertThat(api.post("/api/instances/" + id + "/pause", "").status()).isEqualTo(200);
      assertThat(states(mark)).isEqualTo("T");

      assertThat(api.post("/api/instances/" + id + "/resume", "").status()).isEqualTo(200);
      assertThat(states(mark)).isEqualTo("S");

      assertThat(api.delete("/api/instances/" + id).status()).isEqualTo(204);
      assertThat(states(mark)).isEmpty();
    }
  }

  @Test
  void what_multiplies_reaches_its_pids_and_leaves_the_others_theirs() throws Exception {
    var mark = "86399";
    create("sh", "(while sleep %1$s & do :; done); exec sleep %1$s".formatted(mark), 20);

    await().until(() -> states(mark).length() > 10);
    running("exec sleep 600");
    running("exec sleep 600");

    assertThat(states(mark)).hasSizeBetween(11, 20);
  }

  private String running(String script) throws Exception {
    var id = create("sh", script);
    api.awaitStatus(id, "running");
    return id;
  }

  private String create(String shell, String script) throws Exception {
    return create(shell, script, 100);
  }

  private String create(String shell, String script, int pids) throws Exception {
    var body =
        Map.of(
            "command", List.of(shell, "-c", script), "pids", pids, "restart_policy", "on-failure");
    var id =
        api.post("/api/instances", Api.JSON.writeValueAsString(body)).json().get("id").asString();
    created.add(id);
    return id;
  }

  /** Of what sleeps for that many seconds, as this machine sees it, a letter each. */
  private static String states(String seconds) throws IOException {
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      var states = new StringBuilder();
      for (var process : processes) {
        if (read(process.resolve("cmdline")).equals("sleep\0" + seconds + "\0")) {
          var stat = read(process.resolve("stat"));
          states.append(stat, stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
        }
      }
      return states.toString();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  /** What each is to do, and the probe. */
  private static List<Map.Entry<String, String>> probes() throws IOException {
    try (var file =
        Objects.requireNonNull(ContainersIT.class.getResourceAsStream("containers.txt"))) {
      return new String(file.readAllBytes(), UTF_8)
          .lines()
          .map(line -> line.split(" ", 2))
          .map(part -> Map.entry(part[0], part[1]))
          .collect(Collectors.toList());
    }
  }
}
