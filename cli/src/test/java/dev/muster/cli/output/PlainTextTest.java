package dev.muster.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

  @ParameterizedTest
  @CsvSource({
    "abc,3",
    "日本,4",
    "e\u0301,1",
    "👍🏽,2",
    "👩‍👩‍👧,2",
    "한글,4",
    "ｆｕｌｌ,8",
    "naïve,5",
    "❤️,2",
    "क्षि,1",
    "'',0"
  })
  void width_is_what_a_terminal_needs(String text, int width) {
    assertThat(PlainText.width(text)).isEqualTo(width);
  }

  @Test
  void what_would_act_on_a_terminal_is_written_out() {
    assertThat(PlainText.harmless("a\u001b[31mb\u0007\u009b\u202ec"))
        .isEqualTo("a\\u001b[31mb\\u0007\\u009b\\u202ec");
  }

  @Test
  void what_is_cut_ends_within_no_character() {
    assertThat(PlainText.cut("日本語", 5)).isEqualTo("日本…");
    assertThat(PlainText.cut("日本語", 4)).isEqualTo("日…");
    assertThat(PlainText.cut("abc", 3)).isEqualTo("abc");
  }

  @ParameterizedTest
  @CsvSource({"0,0s", "119,119s", "120,2m", "190,3m10s", "7100,118m", "7200,2h", "172800,2d"})
  void ages_have_the_unit_that_fits(long seconds, String age) {
    assertThat(Ages.length(Duration.ofSeconds(seconds))).isEqualTo(age);
  }

  @Test
  void what_is_to_come_is_told_from_what_was() {
    var now = Instant.ofEpochSecond(1000);
    assertThat(Ages.relative(now.plusSeconds(90), now)).isEqualTo("in 90s");
    assertThat(Ages.relative(now.minusSeconds(90), now)).isEqualTo("90s");
  }
}
