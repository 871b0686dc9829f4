package dev.muster.standalone;

import dev.muster.standalone.Invocation.Help;
import dev.muster.standalone.Invocation.Up;
import dev.muster.standalone.Invocation.Version;
import java.util.List;
import java.util.Optional;

/** The whole platform in one process. */
public final class Muster {

  private Muster() {}

  public static void main(String[] arguments) {
    var console = new Console(System.out, System.err);
    try {
      run(List.of(arguments), console);
    } catch (StartException e) {
      console.fail(Failures.line(e));
      System.exit(1);
    }
  }

  private static void run(List<String> arguments, Console console) {
    switch (Arguments.parse(arguments, System.getenv())) {
      case Help() -> console.say(Arguments.USAGE);
      case Version() -> console.say("Muster " + version());
      case Up up -> {
        var data = DataFolder.open(up.data());
        // Before any class that logs is loaded: the log is kept with the data.
        System.setProperty("muster.log", data.resolve("muster.log").toString());
        Platform.run(up, data, console);
      }
    }
  }

  static String version() {
    return Optional.ofNullable(Muster.class.getPackage().getImplementationVersion())
        .orElse("(unpacked)");
  }
}
