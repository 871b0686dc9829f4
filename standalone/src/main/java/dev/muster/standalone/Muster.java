package dev.muster.standalone;

import dev.muster.ops.launch.CarrierThreads;
import dev.muster.ops.launch.StartException;
import dev.muster.standalone.Invocation.Help;
import dev.muster.standalone.Invocation.Infra;
import dev.muster.standalone.Invocation.Up;
import dev.muster.standalone.Invocation.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The whole platform in one process. */
public final class Muster {

  private Muster() {}

  public static void main(String[] arguments) {
    CarrierThreads.prepare();
    var console = new Console(System.out, System.err);
    try {
      run(List.of(arguments), console);
    } catch (StartException e) {
      e.lines().forEach(console::fail);
      System.exit(1);
    }
  }

  private static void run(List<String> arguments, Console console) {
    switch (Arguments.parse(arguments, System.getenv())) {
      case Help() -> console.say(Arguments.USAGE);
      case Version() -> console.say("Muster " + version());
      case Up up -> Platform.run(up, open(up.data()), console);
      case Infra infra -> Servers.run(infra, open(infra.data()), console);
    }
  }

  private static DataFolder open(Path path) {
    var data = DataFolder.open(path);
    // Before any class that logs is loaded: the log is kept with the data.
    System.setProperty("muster.log", data.resolve("muster.log").toString());
    return data;
  }

  static String version() {
    return Optional.ofNullable(Muster.class.getPackage().getImplementationVersion())
        .orElse("(unpacked)");
  }
}
