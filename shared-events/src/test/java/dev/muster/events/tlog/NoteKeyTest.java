package dev.muster.events.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed notes against the known answer of Go's {@code golang.org/x/mod/sumdb/note}. */
class NoteKeyTest {

  private static final String SECRET = "gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=";
  private static final NoteKey KEY = NoteKey.parse("PeterNeumann+" + SECRET);

  @Test
  void a_signed_note_is_the_one_that_others_make() {
    var note =
        KEY.sign(
            """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """);

    assertThat(note)
        .isEqualTo(
            """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """);
  }

  @Test
  void its_verifier_is_the_one_that_others_take() {
    assertThat(KEY.verifier())
        .isEqualTo("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  }

  @Test
  void a_new_key_keeps_its_name_and_is_like_no_other() {
    var one = NoteKey.generate("example.com/muster");
    var other = NoteKey.generate("example.com/muster");

    assertThat(NoteKey.parse(one).name()).isEqualTo("example.com/muster");
    assertThat(NoteKey.parse(one).verifier()).isNotEqualTo(NoteKey.parse(other).verifier());
  }

  @Test
  void a_key_never_prints_its_secret() {
    assertThat(KEY.toString()).contains("PeterNeumann").doesNotContain(SECRET.substring(0, 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name",
        "+" + SECRET,
        "two words+" + SECRET,
        "naïve+" + SECRET,
        "name+",
        "name+AAAA",
        "name+gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM*"
      })
  void what_is_no_key_is_refused_and_not_repeated(String text) {
    assertThatThrownBy(() -> NoteKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes in base64")
        .hasMessageNotContaining("gQoUAtUU");
  }
}
