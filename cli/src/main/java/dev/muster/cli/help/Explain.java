package dev.muster.cli.help;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.server.Command;
import dev.muster.cli.server.Nearest;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "explain",
    description = "Say what a status, an event or a problem is, and what to do about it.",
    footer = {
      "",
      "Examples:",
      "  muster explain paused",
      "  muster explain OutcomeIgnored",
      "  muster explain operation-under-way",
      "  muster explain 409"
    })
public final class Explain extends Command {

  @Parameters(
      paramLabel = "STATUS|EVENT|PROBLEM",
      description = "Such as running, InstanceFailed, conflict, or an HTTP status.")
  private String word = "";

  public Explain(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var pages =
        Stream.of(DocumentTables.read("lifecycle.md"), DocumentTables.read("problems.md")).toList();
    var found = pages.stream().flatMap(page -> page.about(word)).toList();
    if (found.isEmpty()) {
      var near = Nearest.to(word, pages.stream().flatMap(DocumentTables::words).toList());
      throw new Failure(
          Exit.NOT_FOUND,
          "nothing is known of '%s'".formatted(word),
          near.isEmpty()
              ? "Known are statuses, events and problems, such as running, InstanceFailed,"
                  + " conflict."
              : "Did you mean %s?".formatted(String.join(", ", near)));
    }
    environment.say(String.join("\n\n", found));
    return Exit.DONE;
  }
}
