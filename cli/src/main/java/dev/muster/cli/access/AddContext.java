package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.context.Context;
import dev.muster.cli.context.ServerChoice;
import dev.muster.cli.server.Question;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description = "Keep a server under a name. Without a key, MUSTER_API_KEY is the key.",
    footer = {
      "",
      "Examples:",
      "  muster context add production --url https://muster.example --key-command 'pass muster'",
      "  muster context add lab --url http://10.0.0.5:3000 --key-stdin < lab.key"
    })
public final class AddContext extends ContextCommand {

  @Parameters(paramLabel = "NAME", description = "What you call it.")
  private String name = "";

  @Option(names = "--url", paramLabel = "URL", required = true, description = "Its address.")
  private String url = "";

  @Option(names = "--key-stdin", description = "Read the key from standard input, and keep it.")
  private boolean fromInput;

  @Option(names = "--key-file", paramLabel = "FILE", description = "A file that has the key.")
  private @Nullable Path file;

  @Option(
      names = "--key-command",
      paramLabel = "COMMAND",
      description = "A command that prints the key, run each time.")
  private @Nullable String command;

  @Option(names = "--use", description = "Use it from now on.")
  private boolean use;

  public AddContext(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    if (Stream.of(fromInput ? "" : null, file, command).filter(Objects::nonNull).count() > 1) {
      throw new Failure(Exit.USAGE, "give one of --key-stdin, --key-file and --key-command");
    }
    var contexts = contexts();
    if (contexts.names().contains(name)) {
      throw new Failure(
          Exit.CONFLICT,
          "there is a context '%s' already".formatted(name),
          "Another key for it: muster login %s. Or first: muster context remove %s"
              .formatted(name, name));
    }
    var key = fromInput ? Question.line(environment).strip() : null;
    if (key != null && key.isEmpty()) {
      throw new Failure(Exit.USAGE, "no key was given");
    }
    contexts.put(
        name,
        new Context(
            ServerChoice.parsed(url).toString(),
            key,
            file == null ? null : file.toAbsolutePath().normalize().toString(),
            command));
    if (use || contexts.current().isEmpty()) {
      contexts.use(name);
    }
    environment.say("Context %s is kept.".formatted(name));
    return Exit.DONE;
  }
}
