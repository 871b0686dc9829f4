package dev.muster.events.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

  @Test
  void a_selector_has_keys_with_and_without_values() {
    assertThat(Labels.selector("tier=web,team/owner,keep="))
        .contains(List.of("tier=web", "team/owner", "keep="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ",", "a,", "=b", "a=b=c", "a==b", "a b", "a=b c", "a,a", "a=1,a=2", "a,a=1", "ä", "-a"
      })
  void what_is_no_selector_is_told_from_one(String text) {
    assertThat(Labels.selector(text)).isEmpty();
  }

  @Test
  void an_instance_is_found_by_each_key_and_by_each_key_with_its_value() {
    assertThat(Labels.terms(Map.of("tier", "web", "keep", "")))
        .containsExactly("keep", "keep=", "tier", "tier=web");
  }
}
