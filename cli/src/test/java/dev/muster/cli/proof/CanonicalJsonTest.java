package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.erdtman.jcs.NumberToJSON;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The canonical form against RFC 8785 and against what others make of it. */
class CanonicalJsonTest {

  private static String canonical(String json) {
    var out = new ByteText();
    try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      CanonicalJson.value(parser, out);
    }
    return new String(out.copy(), UTF_8);
  }

  @Test
  void the_example_of_the_rfc_is_as_it_is_there() {
    assertThat(
            canonical(
                """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}\
                """))
        .isEqualTo(
            """
            {"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
            "string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"b\":{},\"a\":[{},[]]}",
        "{\"\\u20ac\":1,\"\\r"
            + "\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}",
        "{\"a\":\"\\ud83d\\ude00 \\u0800 \\u07ff \\u007f \\u0080\"}",
        "{\"b\":1,\"a\":-0,\"c\":-0.0,\"d\":9007199254740993,\"e\":123456789012345678901234567890}",
        "{\"aa\":1,\"a\":2,\"A\":3,\"\":4}"
      })
  void others_make_the_same_of_it(String json) {
    assertThat(canonical(json)).isEqualTo(new String(SampleLog.canonical(json), UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void numbers_are_as_the_rfc_has_them(String bits, String text) {
    assertThat(CanonicalNumber.of(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
        .isEqualTo(text);
  }

  @Test
  void any_number_is_as_others_write_it() throws Exception {
    var random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      double number =
          i % 2 == 0
              ? Double.longBitsToDouble(random.nextLong())
              : random.nextInt(1000) * Math.pow(10, random.nextInt(50) - 25);
      if (Double.isFinite(number)) {
        assertThat(CanonicalNumber.of(number)).isEqualTo(NumberToJSON.serializeNumber(number));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"b\":2,\"a\":3}", "[1e400]"})
  void what_has_no_canonical_form_is_told(String json) {
    assertThatThrownBy(() -> canonical(json)).isInstanceOf(NotCanonicalException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": 1, \"x\": {\"b\": [1e400, {\"c\":1}]}}", "{\"a\":1,\"a\":2}"})
  void data_without_a_canonical_form_are_taken_as_they_stand(String data) {
    var row =
        new SampleLog(1, 1)
            .rows
            .getFirst()
            .replaceFirst("\"data\":.*,\"salts\"", "\"data\":%s,\"salts\"".formatted(data));
    var bytes = ("behind another line\n" + row).getBytes(UTF_8);

    var read = new RowReader().read(bytes, 20, bytes.length - 20);

    assertThat(new String(read.data(), UTF_8)).isEqualTo(data);
    assertThat(read.salts().data()).hasSize(16);
  }

  @Test
  void a_path_leads_to_the_root_from_its_own_leaf_alone() {
    var log = new SampleLog(70, 3);
    for (int size = 1; size <= log.size(); size++) {
      var leaves = log.leaves.subList(0, size);
      for (int index = 0; index < size; index++) {
        var path = new InclusionPath(index, size, SampleLog.path(index, leaves));
        assertThat(path.root(log.leaves.get(index), new LogHash()))
            .contains(SampleLog.root(leaves));
        assertThat(path.root(SampleLog.sha256(), new LogHash()).orElseThrow())
            .isNotEqualTo(SampleLog.root(leaves));
      }
    }
    var longer = new InclusionPath(0, 1, List.of(log.leaves.get(1)));
    assertThat(longer.root(log.leaves.getFirst(), new LogHash())).isEmpty();
  }
}
