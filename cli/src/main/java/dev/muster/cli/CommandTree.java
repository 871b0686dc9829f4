package dev.muster.cli;

import dev.muster.cli.access.ContextGroup;
import dev.muster.cli.access.KeysGroup;
import dev.muster.cli.access.LoginCommand;
import dev.muster.cli.access.WhoAmI;
import dev.muster.cli.audit.AuditGroup;
import dev.muster.cli.fleet.DeadLettersGroup;
import dev.muster.cli.fleet.EventsCommand;
import dev.muster.cli.fleet.HostsGroup;
import dev.muster.cli.fleet.ListRegions;
import dev.muster.cli.fleet.WorkersGroup;
import dev.muster.cli.help.Completion;
import dev.muster.cli.help.Doctor;
import dev.muster.cli.help.Explain;
import dev.muster.cli.help.VersionCommand;
import dev.muster.cli.instance.CreateInstance;
import dev.muster.cli.instance.DeleteInstances;
import dev.muster.cli.instance.DescribeInstance;
import dev.muster.cli.instance.ExecInInstance;
import dev.muster.cli.instance.GetInstance;
import dev.muster.cli.instance.HealthOfInstance;
import dev.muster.cli.instance.HistoryOfInstance;
import dev.muster.cli.instance.ListInstances;
import dev.muster.cli.instance.LogsOfInstances;
import dev.muster.cli.instance.PauseInstances;
import dev.muster.cli.instance.RestartInstances;
import dev.muster.cli.instance.ResumeInstances;
import dev.muster.cli.instance.ShellOfInstance;
import dev.muster.cli.instance.WaitForStatus;
import dev.muster.cli.server.Command;
import dev.muster.cli.top.Top;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** All commands, by what they are about. */
public final class CommandTree {

  /** Titles of the help, and what stands below each. */
  static final Map<String, List<Class<? extends Command>>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put(
        "Instances",
        List.of(
            ListInstances.class,
            GetInstance.class,
            CreateInstance.class,
            PauseInstances.class,
            ResumeInstances.class,
            RestartInstances.class,
            DeleteInstances.class,
            WaitForStatus.class,
            DescribeInstance.class,
            HealthOfInstance.class,
            HistoryOfInstance.class,
            LogsOfInstances.class,
            ShellOfInstance.class,
            ExecInInstance.class));
    GROUPS.put(
        "Fleet",
        List.of(
            HostsGroup.class,
            ListRegions.class,
            WorkersGroup.class,
            DeadLettersGroup.class,
            EventsCommand.class,
            Top.class));
    GROUPS.put("Audit", List.of(AuditGroup.class));
    GROUPS.put(
        "Access", List.of(KeysGroup.class, ContextGroup.class, LoginCommand.class, WhoAmI.class));
    GROUPS.put(
        "Help", List.of(Doctor.class, Explain.class, Completion.class, VersionCommand.class));
    GROUPS.put(
        "Platform",
        List.of(
            PlatformCommand.Up.class,
            PlatformCommand.Recover.class,
            PlatformCommand.Down.class,
            PlatformCommand.Infra.class,
            PlatformCommand.Service.class,
            PlatformCommand.Bench.class));
  }

  private CommandTree() {}

  /** With every command. */
  public static CommandLine whole(Environment environment) {
    return with(environment, GROUPS.values().stream().flatMap(List::stream));
  }

  /** With the command that is called alone, as reading all of them takes longer than most do. */
  static CommandLine forCall(Environment environment, String[] arguments) {
    var called = arguments.length == 0 ? "" : arguments[0];
    var one =
        GROUPS.values().stream()
            .flatMap(List::stream)
            .filter(type -> isCalled(type, called))
            .findFirst();
    // Completion is made of all commands.
    return one.filter(type -> type != Completion.class)
        .map(type -> with(environment, Stream.of(type)))
        .orElseGet(() -> whole(environment));
  }

  static String name(Class<? extends Command> type) {
    return type.getAnnotation(CommandLine.Command.class).name();
  }

  private static boolean isCalled(Class<? extends Command> type, String name) {
    var said = type.getAnnotation(CommandLine.Command.class);
    return said.name().equals(name) || List.of(said.aliases()).contains(name);
  }

  private static CommandLine with(
      Environment environment, Stream<Class<? extends Command>> commands) {
    var factory = new Factory(environment);
    var line = new CommandLine(new RootCommand(environment), factory);
    commands.forEach(type -> line.addSubcommand(new CommandLine(type, factory)));
    return line;
  }

  /** Commands are made with what surrounds them. */
  private record Factory(Environment environment) implements IFactory {

    @Override
    public <K> K create(Class<K> type) throws Exception {
      return Command.class.isAssignableFrom(type)
          ? type.getConstructor(Environment.class).newInstance(environment)
          : CommandLine.defaultFactory().create(type);
    }
  }
}
