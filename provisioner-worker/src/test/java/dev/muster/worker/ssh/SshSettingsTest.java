package dev.muster.worker.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class SshSettingsTest {

  @ParameterizedTest
  @CsvSource({"127.0.0.1, localhost", "::1, ::1", "0:0:0:0:0:0:0:1, ::1", "192.0.2.1, 192.0.2.1"})
  void the_host_that_callers_are_told_is_one_that_listens(String address, String host) {
    var environment =
        new MockEnvironment()
            .withProperty("muster.address", address)
            .withProperty("muster.ssh.enabled", "true")
            .withProperty("muster.ssh.port", "0")
            .withProperty("muster.ssh.sessions-at-once", "10")
            .withProperty("muster.ssh.idle-timeout", "1h");

    assertThat(SshSettings.read(environment).host()).isEqualTo(host);
  }
}
