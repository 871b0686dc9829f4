package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Api;
import dev.muster.cli.context.Context;
import dev.muster.cli.context.Server;
import dev.muster.cli.context.ServerChoice;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.Question;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "login",
    description =
        "Ask for the address of a server and a key, try them, keep them, and use them from now on.",
    footer = {
      "",
      "Examples:",
      "  muster login production --url https://muster.example",
      "  muster login ci --url https://muster.example < key"
    })
public final class LoginCommand extends ContextCommand {

  private static final String DEFAULT_URL = "http://localhost:3000";

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      defaultValue = "default",
      description = "What you call it.")
  private String name = "default";

  @Option(names = "--url", paramLabel = "URL", description = "Its address; asked for without it.")
  private @Nullable String url;

  @Mixin private OutputOptions output = new OutputOptions();

  public LoginCommand(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, KeyListing.WHO);
    var contexts = contexts();
    var server = ServerChoice.parsed(url != null ? url : askedUrl());
    var key = askedKey();
    if (key.isEmpty()) {
      throw new Failure(Exit.USAGE, "no key was given");
    }
    try (var api = new Api(new Server(server, Optional.of(key), "context " + name), _ -> {})) {
      var who = new Caller(api).whoAmI();
      contexts.put(name, new Context(server.toString(), key, null, null));
      contexts.use(name);
      answers.show(who);
    }
    return Exit.DONE;
  }

  private String askedUrl() {
    if (!environment.inIsTerminal()) {
      throw new Failure(
          Exit.USAGE, "which server? Nobody is there to answer.", "Say it: --url URL");
    }
    environment.err().print("Server [%s]: ".formatted(DEFAULT_URL));
    environment.err().flush();
    var answer = Question.line(environment);
    return answer.isEmpty() ? DEFAULT_URL : answer;
  }

  private String askedKey() {
    var console = System.console();
    if (!environment.inIsTerminal() || console == null) {
      return Question.line(environment);
    }
    var typed = console.readPassword("Key (not shown): ");
    return typed == null ? "" : new String(typed).strip();
  }
}
