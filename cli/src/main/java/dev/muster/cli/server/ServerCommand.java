package dev.muster.cli.server;

import dev.muster.cli.Environment;
import dev.muster.cli.api.Api;
import dev.muster.cli.context.ServerChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that asks a server. */
public abstract class ServerCommand extends Command {

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The server to ask, by the name of its context.")
  private @Nullable String context;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server to ask, by its address; the key is that of MUSTER_API_KEY.")
  private @Nullable String url;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show each call as the curl line that does the same.")
  private boolean verbose;

  private @Nullable Api api;

  protected ServerCommand(Environment environment) {
    super(environment);
  }

  protected final Api api() {
    var made = api;
    if (made == null) {
      var server = new ServerChoice(environment.variables()).choose(context, url);
      made = new Api(server, verbose ? environment::tell : _ -> {});
      api = made;
    }
    return made;
  }

  @Override
  protected final void end() {
    var made = api;
    if (made != null) {
      made.close();
    }
  }
}
