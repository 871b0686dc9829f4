package dev.muster.worker.host;

import dev.muster.events.instance.Limits;
import dev.muster.worker.driver.process.ProcessDriver;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * One entry of {@code muster.hosts}, as it was written.
 *
 * @param region the platform's default when absent
 * @param driver {@code process} when absent
 * @param url of docker hosts: where the engine listens
 * @param capacity how many instances it takes; 100 when absent
 * @param defaults limits of instances that ask for none
 * @param maximum limits that an instance may ask for; those of instances where there is no default
 * @param stopTimeout how long an instance has to end after SIGTERM; 10 s when absent
 * @param actionLatency of simulated hosts: how long each action takes; none when absent
 * @param failureRate of simulated hosts: share of operations that are refused; none when absent
 */
record HostSettings(
    @Nullable String name,
    @Nullable String region,
    @Nullable String driver,
    @Nullable String url,
    @Nullable Integer capacity,
    @Nullable Limits defaults,
    @Nullable Limits maximum,
    @Nullable Duration stopTimeout,
    @Nullable Duration actionLatency,
    @Nullable Double failureRate) {

  private static final Bindable<List<HostSettings>> LIST = Bindable.listOf(HostSettings.class);

  /** This machine alone, when nothing is configured. */
  private static final HostSettings LOCAL =
      new HostSettings("local", null, null, null, null, null, null, null, null, null);

  /** The configured hosts with their defaults filled in, and every mistake in them. */
  static Checked read(Environment environment) {
    // Not in the environment, where MUSTER_HOSTS_DATA looks like one of these.
    var strict =
        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
    var written = Binder.get(environment).bind("muster.hosts", LIST, strict).orElse(List.of());
    var region = environment.getProperty("muster.default-region", "us-east-1");
    var entries =
        (written.isEmpty() ? List.of(LOCAL) : written)
            .stream().map(entry -> entry.orDefaults(region)).toList();
    return new Checked(entries, problems(entries));
  }

  record Checked(List<HostSettings> entries, List<String> problems) {}

  private HostSettings orDefaults(String defaultRegion) {
    return new HostSettings(
        name == null ? "" : name,
        region == null ? defaultRegion : region,
        driver == null ? "process" : driver,
        url,
        capacity == null ? 100 : capacity,
        defaults == null ? Limits.NONE : defaults,
        maximum == null ? Limits.NONE : maximum,
        stopTimeout == null ? ProcessDriver.STOP_TIMEOUT : stopTimeout,
        actionLatency == null ? Duration.ZERO : actionLatency,
        failureRate == null ? 0.0 : failureRate);
  }

  private static List<String> problems(List<HostSettings> entries) {
    return IntStream.range(0, entries.size())
        .boxed()
        .flatMap(i -> entries.get(i).ownProblems(entries.subList(0, i)).map(p -> at(i, p)))
        .toList();
  }

  private static String at(int index, String problem) {
    return "muster.hosts[%d].%s".formatted(index, problem);
  }

  private Stream<String> ownProblems(List<HostSettings> before) {
    return Stream.of(
            nameProblem(before),
            HostRules.region(region),
            HostRules.driver(driver),
            HostRules.url(driver, url),
            HostRules.capacity(capacity),
            HostRules.limits("defaults", defaults),
            HostRules.limits("maximum", maximum),
            HostRules.within(defaults, maximum),
            HostRules.disk(driver, "defaults", defaults),
            HostRules.disk(driver, "maximum", maximum),
            HostRules.stopTimeout(stopTimeout),
            HostRules.latency(actionLatency),
            HostRules.failureRate(failureRate))
        .filter(problem -> !problem.isEmpty());
  }

  private String nameProblem(List<HostSettings> before) {
    var taken = before.stream().anyMatch(other -> String.valueOf(other.name).equals(name));
    return taken ? "name '%s' is taken by a host before it".formatted(name) : HostRules.name(name);
  }
}
