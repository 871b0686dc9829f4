package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page on the contract calls a proof is there. */
class ContractDocumentTest {

  private static final Path PAGE = Path.of("../docs/contract.md");
  private static final Pattern PROOF = Pattern.compile("`([A-Z]\\w+)\\.([a-z_0-9]+)`");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!line|---).*$");

  @Test
  void every_proof_is_a_test() throws IOException {
    var tests = tests();

    var proofs = PROOF.matcher(Files.readString(PAGE)).results().toList();

    assertThat(proofs).isNotEmpty().allMatch(proof -> isIn(tests, proof));
  }

  @Test
  void every_line_has_a_proof() throws IOException {
    var rows = ROW.matcher(Files.readString(PAGE)).results().map(MatchResult::group).toList();

    assertThat(rows).isNotEmpty().allMatch(row -> PROOF.matcher(row).find());
  }

  private static boolean isIn(List<Path> tests, MatchResult proof) {
    return tests.stream()
        .filter(test -> test.getFileName().toString().equals(proof.group(1) + ".java"))
        .anyMatch(test -> read(test).contains(" void " + proof.group(2) + "("));
  }

  private static String read(Path test) {
    try {
      return Files.readString(test);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> tests() throws IOException {
    try (var files =
        Files.find(
            Path.of(".."),
            20,
            (file, _) ->
                file.toString().contains("/src/test/java/")
                    && file.toString().matches(".*(Test|IT|Contract)\\.java"))) {
      return files.toList();
    }
  }
}
