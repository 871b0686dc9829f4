package dev.muster.web.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedKeyTest {

  @Test
  void a_generated_key_is_well_formed_and_says_its_id() {
    var key = PresentedKey.generate();

    assertThat(key.text()).matches("ik_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}");
    assertThat(key.isWellFormed()).isTrue();
    assertThat(key.id()).isEqualTo("key_" + key.text().substring(3, 11));
  }

  @Test
  void a_mistyped_key_is_not_well_formed() {
    var text = PresentedKey.generate().text();
    var mistyped =
        text.substring(0, 20) + (text.charAt(20) == 'a' ? 'b' : 'a') + text.substring(21);

    assertThat(new PresentedKey(mistyped).isWellFormed()).isFalse();
  }

  @Test
  void a_key_never_prints_its_secret() {
    var key = PresentedKey.generate();

    assertThat(key.toString()).doesNotContain(key.text().substring(12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "has a space in the middle", "ünïcode-ünïcode-ünïcode"})
  void the_settings_cannot_give_a_senseless_admin_key(String key) {
    assertThatThrownBy(() -> new AdminKey(key)).hasMessageContaining("MUSTER_API_KEY");
  }

  @Test
  void a_key_set_by_hand_opens_and_is_called_admin() {
    var key = new AdminKey("set-by-hand-0123456789");

    assertThat(key.is(new PresentedKey("set-by-hand-0123456789").hash())).isTrue();
    assertThat(key.is(new PresentedKey("set-by-hand-0123456788").hash())).isFalse();
    assertThat(key.holder().actor().id()).isEqualTo("key_admin");
  }
}
