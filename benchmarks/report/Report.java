package report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import machine.Machine;

/**
 * What a benchmark found: a table to read at once, and files to keep.
 *
 * @param command what was called
 * @param plot a picture of it, where one says more than the table
 * @param notes what a reader has to know, a line each
 * @param noise what makes the figures worthless, a line each
 * @param details what the files have beyond the table
 */
public record Report(
    String name,
    String command,
    Grid grid,
    Optional<Plot> plot,
    List<String> notes,
    List<String> noise,
    Map<String, ?> details) {

  /** Prints the table, and writes NAME.json, NAME.svg and NAME.md into the folder. */
  public void publish(Path folder) throws IOException {
    var machine = Machine.here();
    System.out.println();
    System.out.println(grid.text());
    notes.forEach(System.out::println);
    System.out.println(machine);
    System.out.println(quiet());
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".json"), json(machine) + "\n");
    if (plot.isPresent()) {
      Files.writeString(folder.resolve(name + ".svg"), plot.get().svg());
    }
    Files.writeString(folder.resolve(name + ".md"), markdown(machine));
    System.out.println("Written: " + folder.resolve(name) + ".*");
  }

  private String quiet() {
    return noise.isEmpty() ? "Quiet enough." : "TOO NOISY: " + String.join("; ", noise) + ".";
  }

  private String markdown(Machine machine) {
    return """
    # %s

    `%s`

    %s

    %s

    %sMachine: %s. %s
    """
        .formatted(
            name,
            command,
            grid.markdown(),
            notes.stream().map(note -> "- " + note).collect(Collectors.joining("\n")),
            plot.map(picture -> "![%s](%s.svg)\n\n".formatted(picture.title(), name)).orElse(""),
            machine,
            quiet());
  }

  private String json(Machine machine) {
    var all = new LinkedHashMap<String, Object>();
    all.put("benchmark", name);
    all.put("command", command);
    all.put("measured_at", Instant.now().truncatedTo(ChronoUnit.SECONDS));
    all.put("machine", machine);
    all.put("noise", noise);
    all.put("measured", grid.maps());
    all.put("details", details);
    return Json.of(all);
  }
}
