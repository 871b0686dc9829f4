package dev.muster.cli.instance;

import static java.util.stream.Collectors.joining;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Call;
import dev.muster.cli.api.ResumingEventStream;
import dev.muster.cli.api.SentEvent;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.output.PlainText;
import dev.muster.cli.server.ServerCommand;
import dev.muster.cli.server.Times;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    description = "Show what instances have printed.",
    footer = {
      "",
      "Examples:",
      "  muster logs my-bot --tail 20",
      "  muster logs -f my-bot other-bot --since 10m"
    })
public final class LogsOfInstances extends ServerCommand {

  @Parameters(paramLabel = "INSTANCE", arity = "1..*", description = "Ids, or names.")
  private List<String> instances = List.of();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what they print, until they have ended.")
  private boolean follow;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "N",
      defaultValue = "100",
      description = "Only the newest N lines of each, 0 to 10000.")
  private int tail = 100;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only lines of that time or later: RFC 3339, Unix seconds, or how long ago.")
  private @Nullable String since;

  @Option(
      names = {"-t", "--timestamps"},
      description = "Show when each line was printed.")
  private boolean timestamps;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "How to show a line: text, json.")
  private String format = "text";

  public LogsOfInstances(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    if (!format.equals("text") && !format.equals("json")) {
      throw new Failure(
          Exit.USAGE, "there is no output format '%s'".formatted(format), "Formats: text, json");
    }
    var from = Optional.ofNullable(since).map(text -> Times.past(text, environment.clock()));
    var known = new InstanceLookup(api());
    var found = instances.stream().map(known::find).toList();
    int width = found.stream().mapToInt(one -> PlainText.width(one.name())).max().orElse(0);
    var logs =
        found.stream()
            .map(
                one ->
                    new Log(
                        one,
                        found.size() == 1 ? "" : prefix(one, width),
                        Call.get(one.path() + "/logs")
                            .query("tail", Optional.of(tail))
                            .query("since", from)
                            .query("follow", Optional.of(follow))))
            .toList();
    if (follow && logs.size() > 1) {
      followAll(logs);
    } else {
      logs.forEach(this::read);
    }
    return Exit.DONE;
  }

  /** Of one instance: what stands before each of its lines, and where they come from. */
  private record Log(NamedInstance instance, String prefix, Call call) {}

  private static String prefix(NamedInstance instance, int width) {
    var name = PlainText.harmless(instance.name());
    return name + " ".repeat(Math.max(0, width - PlainText.width(name))) + " | ";
  }

  /** The first failure ends all. */
  private void followAll(List<Log> logs) {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var followers = new ExecutorCompletionService<Boolean>(threads);
      logs.forEach(log -> followers.submit(() -> read(log), true));
      for (int i = 0; i < logs.size(); i++) {
        followers.take().get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.FAILED, "interrupted");
    } finally {
      threads.shutdownNow();
    }
  }

  private void read(Log log) {
    var stream = new ResumingEventStream(api(), log.call(), "");
    if (!follow) {
      stream.read(
          event -> {
            if (!event.data().isEmpty()) {
              show(log, event);
            }
          });
      return;
    }
    stream.follow(
        event -> {
          if (event.name().equals("end")) {
            return false;
          }
          if (!event.data().isEmpty()) {
            show(log, event);
          }
          return true;
        });
  }

  private void show(Log log, SentEvent event) {
    var line = JsonText.MAPPER.readTree(event.data());
    if (format.equals("json")) {
      var named = JsonText.MAPPER.createObjectNode().put("instance_id", log.instance().id());
      line.properties().forEach(field -> named.set(field.getKey(), field.getValue()));
      environment.say(JsonText.line(named));
      return;
    }
    var text =
        line.path("text")
            .asString("")
            .chars()
            .mapToObj(c -> c == '\t' ? "\t" : PlainText.harmless(Character.toString(c)))
            .collect(joining());
    environment.say(log.prefix() + (timestamps ? line.path("at").asString() + " " : "") + text);
  }
}
