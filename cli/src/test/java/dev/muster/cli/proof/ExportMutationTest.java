package dev.muster.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to an export at random is found, and the row is the right one. */
class ExportMutationTest {

  private static final int RUNS = 2000;
  private static final SampleLog SMALL = new SampleLog(25, 11);
  private static final SampleLog LARGE = new SampleLog(270, 12);
  private static final SampleLog OTHER = new SampleLog(270, 13);
  private static final List<String> FIELDS =
      List.of(
          "\"event_id\":\"",
          "\"subject\":\"",
          "\"sequence\":",
          "\"type\":\"",
          "\"revision\":",
          "\"occurred_at\":\"",
          "\"id\":\"",
          "\"name\":\"",
          "\"request_id\":\"",
          "\"operation_id\":\"",
          "\"n\":");

  @TempDir Path folder;

  @Test
  void every_mutation_is_found_and_named() throws IOException {
    var file = folder.resolve("log");
    for (int run = 0; run < RUNS; run++) {
      var random = new Random(run);
      var log = run % 10 == 0 ? LARGE : SMALL;
      var lines = log.export();
      var named = mutate(lines, log, random);
      var text = String.join("\n", lines) + "\n";
      if (named.equals("half an export")) {
        int head = text.indexOf('\n') + 1;
        text = text.substring(0, head + random.nextInt(text.length() - head - 1));
      }
      Files.writeString(file, text);

      var refused =
          catchThrowableOfType(
              Failure.class,
              () -> ProofFile.verify(file, ExportVerificationTest.kept(log, log.size())));

      assertThat(refused).as("run %d: %s", run, named).isNotNull();
      assertThat(refused.exit()).as("run %d", run).isEqualTo(Exit.NOT_PROVED);
      assertThat(refused.getMessage() + " ").as("run %d", run).containsPattern(named);
    }
  }

  private static int line(int index) {
    return 1 + index + index / SampleLog.WIDTH;
  }

  /** Returns what is to be said of it. */
  private static String mutate(List<String> lines, SampleLog log, Random random) {
    int index = random.nextInt(log.size());
    int other = random.nextInt(log.size());
    return switch (random.nextInt(6)) {
      case 0 -> {
        lines.set(line(index), changed(lines.get(line(index)), random));
        yield "index %d was changed".formatted(index);
      }
      case 1 -> {
        lines.remove(line(index));
        yield "index %d is missing".formatted(index);
      }
      case 2 -> {
        lines.add(line(index), OTHER.rows.get(other));
        yield "put in before index %d ".formatted(index);
      }
      case 3 -> {
        lines.add(line(other), log.rows.get(index));
        yield "index %d stands twice".formatted(index);
      }
      case 4 -> {
        int another = (index + 1 + random.nextInt(log.size() - 1)) % log.size();
        Collections.swap(lines, line(index), line(another));
        var both = new int[] {index, another};
        Arrays.sort(both);
        yield "index %d and index %d have changed places".formatted(both[0], both[1]);
      }
      default -> "half an export";
    };
  }

  private static String changed(String row, Random random) {
    var field = FIELDS.get(random.nextInt(FIELDS.size()));
    int at = row.indexOf(field) + field.length();
    char was = row.charAt(at);
    return row.substring(0, at) + (was == '7' ? '8' : '7') + row.substring(at + 1);
  }
}
