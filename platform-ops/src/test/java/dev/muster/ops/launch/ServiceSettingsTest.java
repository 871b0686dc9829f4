package dev.muster.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

class ServiceSettingsTest {

  private static final ServiceProgram COMMAND =
      new ServiceProgram(
          "command", Object.class, "service.properties", 3001, 3101, _ -> {}, List.of());
  private static final ServiceProgram WORKER =
      new ServiceProgram(
          "worker",
          Object.class,
          "service.properties",
          ServiceProgram.NO_CLIENTS,
          3103,
          _ -> {},
          List.of());

  @TempDir Path folder;

  @Test
  void a_service_has_ports_of_its_own_unless_told_otherwise() {
    var settings = load(COMMAND, Map.of());
    assertThat(settings.getProperty("server.port")).isEqualTo("3001");
    assertThat(settings.getProperty("muster.ops.port")).isEqualTo("3101");
    assertThat(settings.getProperty("server.address")).isEqualTo("127.0.0.1");
    assertThat(load(COMMAND, Map.of("MUSTER_PORT", "0")).getProperty("server.port")).isEqualTo("0");
    assertThat(load(COMMAND, Map.of(), "--port", "4").getProperty("server.port")).isEqualTo("4");
  }

  @Test
  void the_env_file_reaches_settings_that_are_written_with_dashes() throws IOException {
    var settings = load(COMMAND, Map.of(), "--env", envFile().toString());

    assertThat(settings.getProperty("muster.kafka.bootstrap-servers")).isEqualTo("file:1");
    assertThat(Binder.get(settings).bind("muster.kafka.bootstrap-servers", String.class).get())
        .isEqualTo("file:1");
  }

  @Test
  void the_command_line_goes_before_the_environment_that_before_the_env_file_and_the_config_last()
      throws IOException {
    var config =
        Files.writeString(
            folder.resolve("muster.yaml"),
            "muster:\n  kafka: {bootstrap-servers: config:1}\n  default-region: from-config\n");

    var settings =
        load(
            COMMAND,
            Map.of("MUSTER_PORT", "5"),
            "--env=" + envFile(),
            "--config",
            config.toString(),
            "--ops-port",
            "7");

    assertThat(settings.getProperty("server.port")).isEqualTo("5");
    assertThat(settings.getProperty("muster.ops.port")).isEqualTo("7");
    assertThat(settings.getProperty("muster.kafka.bootstrap-servers")).isEqualTo("file:1");
    assertThat(settings.getProperty("muster.default-region")).isEqualTo("from-config");
  }

  @Test
  void what_the_service_makes_up_itself_comes_last() {
    assertThat(load(COMMAND, Map.of()).getProperty("muster.made-up")).isEqualTo("yes");
    assertThat(load(COMMAND, Map.of("X", "y"), "--muster.made-up=no").getProperty("muster.made-up"))
        .isEqualTo("no");
  }

  @Test
  void any_setting_can_be_given_by_its_name() {
    var settings =
        load(COMMAND, Map.of(), "--ops-port", "7", "--muster.ops.port=-1", "--muster.x=a=b");
    assertThat(settings.getProperty("muster.ops.port")).isEqualTo("-1");
    assertThat(settings.getProperty("muster.x")).isEqualTo("a=b");
  }

  @Test
  void a_worker_has_a_name_and_no_port_for_clients() {
    var settings = load(WORKER, Map.of(), "--name", "w1");
    assertThat(settings.getProperty("muster.worker.name")).isEqualTo("w1");
    assertThat(settings.containsProperty("server.port")).isFalse();
    assertThatThrownBy(() -> load(WORKER, Map.of(), "--port", "1"))
        .isInstanceOf(StartException.class)
        .hasMessage("'--port' is no option of service worker; see muster --help");
  }

  @Test
  void everything_that_is_wrong_is_named_at_once() {
    var check = new SettingsCheck(load(COMMAND, Map.of("MUSTER_X", "1")), new Failures(List.of()));
    check
        .require("muster.api-key", "what clients show")
        .require("muster.kafka.bootstrap-servers", "where Kafka is")
        .attempt(
            () -> {
              throw new IllegalArgumentException("x is no y");
            });

    assertThatThrownBy(check::complete)
        .isInstanceOfSatisfying(
            StartException.class,
            e ->
                assertThat(e.lines())
                    .containsExactly(
                        "muster.api-key is missing (what clients show): set MUSTER_API_KEY, in the"
                            + " environment or in the --env file",
                        "muster.kafka.bootstrap-servers is missing (where Kafka is): set"
                            + " MUSTER_KAFKA_BOOTSTRAP_SERVERS, in the environment or in the --env"
                            + " file",
                        "x is no y"));
  }

  private Path envFile() throws IOException {
    var file = folder.resolve("infra.env");
    EnvFile.write(
        file,
        List.of(
            new EnvFile.Entry("where", "MUSTER_KAFKA_BOOTSTRAP_SERVERS", "file:1"),
            new EnvFile.Entry("port", "MUSTER_PORT", "6")));
    return file;
  }

  private static ConfigurableEnvironment load(
      ServiceProgram program, Map<String, String> environment, String... arguments) {
    return ServiceSettings.load(program, List.of(arguments), environment);
  }
}
