package dev.muster.cli.top;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Call;
import dev.muster.cli.instance.SshCommand;
import dev.muster.cli.output.PlainText;
import dev.muster.cli.server.Durations;
import dev.muster.cli.server.ServerCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "top",
    description = "Watch the newest 1000 instances on a full screen, and act on them by keys.",
    footer = {
      "",
      "Keys: up and down choose; c, m, a, n, t sort by CPU, memory, age, name, status;",
      "/ filters; l shows the log; s opens a shell; p pauses, or lets go on; r restarts; q ends.",
      "",
      "Examples:",
      "  muster top",
      "  muster top --read-only"
    })
public final class Top extends ServerCommand {

  /** One page of the list: it is read again and again. */
  private static final int MOST = 1000;

  private static final String KEYS =
      "up/down  c m a n t: sort  /: filter  l: log  s: shell  p: pause  r: restart  q: quit";
  private static final String READ_ONLY = "up/down  c m a n t: sort  /: filter  l: log  q: quit";

  @Option(names = "--read-only", description = "Only look: no key changes anything.")
  private boolean readOnly;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = Durations.class,
      defaultValue = "2s",
      description = "How often to look.")
  private Duration interval = Duration.ofSeconds(2);

  private View view = View.first();
  private String said = "";
  private boolean over;

  public Top(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    look();
    try (var terminal = RawTerminal.take(environment)) {
      long looked = System.nanoTime();
      while (!over) {
        draw(terminal, said.isEmpty() ? keys() : said);
        var key = terminal.key();
        key.ifPresent(pressed -> press(terminal, pressed));
        if (System.nanoTime() - looked > interval.toNanos()) {
          lookAgain();
          looked = System.nanoTime();
        }
      }
    } catch (IOException e) {
      throw new Failure(Exit.FAILED, "the terminal cannot be read: " + e.getMessage());
    }
    return Exit.DONE;
  }

  private String keys() {
    return readOnly ? READ_ONLY : KEYS;
  }

  private void look() {
    view = view.with(api().rows(Call.get("/api/instances"), MOST));
  }

  /** A server that is away may come back. */
  private void lookAgain() {
    try {
      look();
    } catch (Failure e) {
      said = e.what();
    }
  }

  private void draw(RawTerminal terminal, String last) {
    terminal.draw(Screen.lines(view, terminal.size(), environment.clock().instant(), last));
  }

  private void press(RawTerminal terminal, String key) {
    said = "";
    Arrays.stream(View.Order.values())
        .filter(order -> order.key().equals(key))
        .forEach(order -> view = view.by(order));
    switch (key) {
      case "q" -> over = true;
      case "up", "k" -> view = view.move(-1);
      case "down", "j" -> view = view.move(1);
      case "/" -> filter(terminal);
      case "l" -> chosen().ifPresent(instance -> log(terminal, instance));
      case "s", "p", "r" -> {
        if (readOnly) {
          said = "Only looking: no key changes anything.";
        } else {
          chosen().ifPresent(instance -> act(terminal, key, instance));
        }
      }
      default -> {
        // No key of this screen.
      }
    }
  }

  private Optional<JsonNode> chosen() {
    return view.selected();
  }

  private void filter(RawTerminal terminal) {
    var text = new StringBuilder();
    while (true) {
      view = view.only(text.toString());
      draw(terminal, "Filter: " + text);
      switch (nextKey(terminal)) {
        case "enter" -> {
          return;
        }
        case "escape" -> {
          view = view.only("");
          return;
        }
        case "backspace" -> text.setLength(Math.max(0, text.length() - 1));
        case String letter when letter.length() == 1 -> text.append(letter);
        default -> {
          // Arrows choose nothing here.
        }
      }
    }
  }

  private static String nextKey(RawTerminal terminal) {
    try {
      for (var key = terminal.key(); ; key = terminal.key()) {
        if (key.isPresent()) {
          return key.get();
        }
      }
    } catch (IOException e) {
      return "escape";
    }
  }

  /** Shows the end of the log, again and again, until a key is pressed. */
  private void log(RawTerminal terminal, JsonNode instance) {
    try {
      do {
        terminal.draw(endOfLog(instance, terminal.size()));
      } while (!isPressedWithin(terminal, interval));
    } catch (IOException e) {
      said = "the terminal cannot be read: " + e.getMessage();
    }
  }

  private List<String> endOfLog(JsonNode instance, RawTerminal.Size size) {
    var path = "/api/instances/" + instance.path("id").asString() + "/logs";
    var lines = new ArrayList<String>();
    try {
      var log = api().send(Call.get(path).query("tail", Optional.of(Math.max(1, size.rows() - 2))));
      log.body()
          .lines()
          .map(line -> PlainText.cut(PlainText.harmless(line), size.columns()))
          .forEach(lines::add);
    } catch (Failure e) {
      lines.add(e.what());
    }
    lines.add("");
    lines.add("Any key goes back.");
    return lines;
  }

  private static boolean isPressedWithin(RawTerminal terminal, Duration time) throws IOException {
    var begin = System.nanoTime();
    while (System.nanoTime() - begin < time.toNanos()) {
      if (terminal.key().isPresent()) {
        return true;
      }
    }
    return false;
  }

  private void act(RawTerminal terminal, String key, JsonNode instance) {
    var path = "/api/instances/" + instance.path("id").asString();
    var name = instance.path("name").asString();
    draw(terminal, "One moment …");
    try {
      if (key.equals("s")) {
        var shell = new SshCommand(api().get(path + "/ssh"));
        terminal.lend(() -> SshCommand.run(shell.line(List.of(), List.of())));
        return;
      }
      var verb =
          key.equals("r")
              ? "restart"
              : instance.path("status").asString().equals("paused") ? "resume" : "pause";
      var call = Call.post(path + "/" + verb, "").header("Prefer", "wait=20");
      var answer = api().command(call.within(Duration.ofSeconds(40)));
      said = "%s: %s".formatted(name, answer.json().path("status").asString());
      look();
    } catch (Failure e) {
      said = e.what();
    }
  }
}
