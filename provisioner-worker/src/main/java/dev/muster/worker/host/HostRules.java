package dev.muster.worker.host;

import dev.muster.events.instance.Limits;
import dev.muster.worker.driver.docker.EngineUrl;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What each setting of a host may be; an empty answer means that it is fine. */
final class HostRules {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?");
  private static final String NAME_RULE =
      "takes 1..64 lower-case letters, digits, dots and dashes, none of the last two at an end";

  private static final Duration LONGEST_STOP = Duration.ofMinutes(10);

  private HostRules() {}

  static String name(@Nullable String name) {
    return isName(name) ? "" : "name is '%s'; it %s".formatted(name, NAME_RULE);
  }

  static String region(@Nullable String region) {
    return isName(region) ? "" : "region is '%s'; it %s".formatted(region, NAME_RULE);
  }

  static String driver(@Nullable String driver) {
    return switch (driver) {
      case "process", "simulated", "docker" -> "";
      case null, default ->
          "driver is '%s'; it takes process, docker or simulated".formatted(driver);
    };
  }

  static String url(@Nullable String driver, @Nullable String url) {
    if ("docker".equals(driver)) {
      return EngineUrl.problem(url);
    }
    return url == null
        ? ""
        : "url is '%s'; only hosts with the driver docker have one".formatted(url);
  }

  /** A container can write nothing that would take disk. */
  static String disk(@Nullable String driver, String name, @Nullable Limits limits) {
    return "docker".equals(driver) && limits != null && limits.diskMb() != null
        ? "%s.disk-mb is %d; docker hosts have no such limit".formatted(name, limits.diskMb())
        : "";
  }

  static String capacity(@Nullable Integer capacity) {
    return capacity != null && capacity >= 1 && capacity <= 1_000_000
        ? ""
        : "capacity is %d; it takes 1..1000000".formatted(capacity);
  }

  static String limits(String name, @Nullable Limits limits) {
    var bounds = limits == null ? Limits.NONE : limits;
    return bounds.bounds().entrySet().stream()
        .filter(bound -> !(bound.getValue().doubleValue() > 0))
        .map(
            b ->
                "%s.%s is %s; it takes more than 0"
                    .formatted(name, dashed(b.getKey()), b.getValue()))
        .findFirst()
        .orElse("");
  }

  static String within(@Nullable Limits defaults, @Nullable Limits maximum) {
    return defaults == null || maximum == null
        ? ""
        : defaults
            .over(maximum)
            .map(over -> "defaults: %s, the maximum".formatted(over))
            .orElse("");
  }

  private static String dashed(String name) {
    return name.replace('_', '-');
  }

  static String stopTimeout(@Nullable Duration timeout) {
    return timeout != null && !timeout.isNegative() && timeout.compareTo(LONGEST_STOP) <= 0
        ? ""
        : "stop-timeout is %s; it takes 0s to %s".formatted(timeout, LONGEST_STOP);
  }

  static String latency(@Nullable Duration latency) {
    return latency != null && !latency.isNegative()
        ? ""
        : "action-latency is %s; it cannot be negative".formatted(latency);
  }

  static String failureRate(@Nullable Double rate) {
    return rate != null && rate >= 0 && rate <= 1
        ? ""
        : "failure-rate is %s; it takes 0..1".formatted(rate);
  }

  private static boolean isName(@Nullable String text) {
    return text != null && NAME.matcher(text).matches();
  }
}
