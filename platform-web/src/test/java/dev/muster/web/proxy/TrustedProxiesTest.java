package dev.muster.web.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class TrustedProxiesTest {

  private static final TrustedProxies PROXIES =
      TrustedProxies.parse(List.of("10.0.0.0/8", "fd00::/8", "127.0.0.1"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Of nobody else anything is believed.
        "203.0.113.9 | 198.51.100.1           | 203.0.113.9",
        "10.0.0.1    |                        | 10.0.0.1",
        "10.0.0.1    | 198.51.100.1           | 198.51.100.1",
        // What a client forges stands before what the proxy has added.
        "10.0.0.1    | 1.2.3.4, 198.51.100.1  | 198.51.100.1",
        "10.0.0.1    | 198.51.100.1, 10.0.0.2 | 198.51.100.1",
        "10.0.0.1    | 10.0.0.3, 10.0.0.2     | 10.0.0.3",
        "10.0.0.1    | 198.51.100.1, nonsense | 10.0.0.1",
        "10.0.0.1    | unknown                | 10.0.0.1",
        "10.0.0.1    | 198.51.100.1:4711      | 198.51.100.1",
        "10.0.0.1    | [2001:db8::1]:4711     | 2001:db8:0:0:0:0:0:1",
        "fd00:0:0:0:0:0:0:1 | 2001:db8::1     | 2001:db8:0:0:0:0:0:1",
      })
  void the_client_is_the_nearest_who_is_no_proxy(String peer, String forwarded, String client) {
    var request = new MockHttpServletRequest();
    Stream.ofNullable(forwarded).forEach(value -> request.addHeader("X-Forwarded-For", value));

    assertThat(
            PROXIES.clientBehind(
                peer, ForwardedFor.of(request).stream().findFirst().orElse(List.of())))
        .isEqualTo(client);
  }

  @Test
  void both_headers_are_read() {
    var request = new MockHttpServletRequest();
    request.addHeader("X-Forwarded-For", "1.2.3.4");
    request.addHeader(
        "Forwarded", "for=192.0.2.60;proto=http, by=x;For=\"[2001:db8:cafe::17]:47\"");

    assertThat(ForwardedFor.of(request))
        .containsExactly(List.of("192.0.2.60", "2001:db8:cafe::17"), List.of("1.2.3.4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "10.0.0.0/33", "", "edge"})
  void what_is_no_network_is_refused(String network) {
    assertThatThrownBy(() -> TrustedProxies.parse(List.of(network)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
