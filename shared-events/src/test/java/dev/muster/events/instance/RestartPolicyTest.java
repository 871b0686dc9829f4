package dev.muster.events.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "never,,      false",
    "never, 0,    false",
    "never, 1,    false",
    "on-failure,, true",
    "on-failure, 0, false",
    "on-failure, 1, true",
    "on-failure, 137, true",
    "always,,     true",
    "always, 0,   true",
    "always, 1,   true"
  })
  void a_policy_decides_by_how_the_run_ended(
      String policy, @Nullable Integer exitCode, boolean restarts) {
    assertThat(RestartPolicy.find(policy))
        .hasValueSatisfying(found -> assertThat(found.restartsAfter(exitCode)).isEqualTo(restarts));
  }

  @ParameterizedTest
  @CsvSource({"ON_FAILURE", "On-Failure", "sometimes", "''"})
  void only_its_own_name_finds_a_policy(String name) {
    assertThat(RestartPolicy.find(name)).isEmpty();
  }
}
