package dev.muster.events.instance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.codec.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final String BEFORE =
      "{\"name\":\"b\",\"region\":\"r\",\"command\":[],\"env\":{},\"cpus\":0.5,\"memory_mb\":64,"
          + "\"restart_policy\":\"never\"}";

  @Test
  void a_spec_of_an_earlier_version_has_no_bounds_on_disk_and_processes() {
    var spec = Json.read(BEFORE.getBytes(UTF_8), InstanceSpec.class);

    assertThat(spec.limits()).isEqualTo(new Limits(0.5, 64, null, null));
    assertThat(new String(Json.write(spec), UTF_8)).isEqualTo(BEFORE);
  }

  @Test
  void a_spec_is_written_with_all_of_its_bounds() {
    var spec =
        new InstanceSpec(
            "b", "r", null, List.of(), Map.of(), 1.0, 16, 32, 8, 0, RestartPolicy.NEVER, null);

    var json = new String(Json.write(spec), UTF_8);

    assertThat(json)
        .contains(
            "\"cpus\":1.0,\"memory_mb\":16,\"disk_mb\":32,\"pids\":8," + "\"stop_timeout\":0,");
    assertThat(Json.read(json.getBytes(UTF_8), InstanceSpec.class)).isEqualTo(spec);
  }

  @Test
  void bounds_are_filled_in_from_defaults_and_held_against_a_maximum() {
    var asked = new Limits(null, 512, null, 8);

    assertThat(asked.or(new Limits(1.0, 64, 32, null))).isEqualTo(new Limits(1.0, 512, 32, 8));
    assertThat(asked.over(new Limits(null, 512, 1, 8))).isEmpty();
    assertThat(asked.over(new Limits(null, 256, null, null))).contains("memory_mb 512 is over 256");
    assertThat(asked.bounds()).containsExactly(Map.entry("memory_mb", 512), Map.entry("pids", 8));
  }
}
