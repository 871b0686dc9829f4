package dev.muster.query.instance.current;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamePrefixTest {

  @Test
  void the_range_ends_at_the_next_code_point() {
    assertThat(NamePrefix.firstBeyond("ab")).hasValue("ac");
    assertThat(NamePrefix.firstBeyond("a\uD83D\uDE00")).hasValue("a\uD83D\uDE01");
  }

  @Test
  void surrogates_are_stepped_over() {
    assertThat(NamePrefix.firstBeyond("a\uD7FF")).hasValue("a\uE000");
  }

  @Test
  void the_last_code_point_of_all_carries_over() {
    var last = Character.toString(Character.MAX_CODE_POINT);

    assertThat(NamePrefix.firstBeyond("a" + last)).hasValue("b");
    assertThat(NamePrefix.firstBeyond(last + last)).isEmpty();
  }
}
