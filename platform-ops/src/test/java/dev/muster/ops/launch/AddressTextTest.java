package dev.muster.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {

  @ParameterizedTest
  @CsvSource({
    "0:0:0:0:0:0:0:1, ::1",
    "0:0:0:0:0:0:0:0, ::",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0db8:0:0:0:0:0:0, 2001:db8::",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "::ffff:192.0.2.1, 192.0.2.1",
    "192.0.2.1, 192.0.2.1",
    "unknown, unknown",
    "not:an:address, not:an:address"
  })
  void an_address_has_its_shortest_form(String written, String shortest) {
    assertThat(AddressText.of(written)).isEqualTo(shortest);
  }
}
