package dev.muster.standalone;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table of settings that operators read is made of what each module says of its own, in the
 * form that editors complete configuration files from. {@code -Dmuster.docs=write} writes it.
 */
class SettingsDocumentTest {

  private static final Path PAGE = Path.of("../docs/operations.md");
  private static final String BEGIN = "<!-- settings: begin -->\n";
  private static final String END = "<!-- settings: end -->\n";
  private static final String METADATA =
      "src/main/resources/META-INF/additional-spring-configuration-metadata.json";
  private static final String REQUIRED = "Required. ";
  private static final Pattern NAME = Pattern.compile("\"(muster\\.[a-z-]+(?:\\.[a-z-]+)?)\"");

  /** Modules, and whose settings they have. */
  private static final LinkedHashMap<String, String> MODULES = new LinkedHashMap<>();

  static {
    MODULES.put("platform-ops", "all");
    MODULES.put("platform-web", "command, query");
    MODULES.put("shared-events", "all");
    MODULES.put("command-service", "command");
    MODULES.put("query-service", "query");
    MODULES.put("provisioner-worker", "worker");
    MODULES.put("standalone", "up, infra");
  }

  record Metadata(List<Setting> properties) {}

  record Setting(String name, String type, String description, @Nullable String defaultValue) {

    /** As operators set it: a list of objects fits into no variable. */
    String variable() {
      return type.contains("Settings")
          ? name
          : name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    boolean isRequired() {
      return description.startsWith(REQUIRED);
    }

    String row(String module) {
      var owners = name.startsWith("muster.infra.") ? "infra" : module;
      var otherwise = isRequired() ? "**required**" : defaultValue == null ? "" : defaultValue;
      var said = isRequired() ? description.substring(REQUIRED.length()) : description;
      return "| `%s` | %s | %s | %s |".formatted(variable(), owners, otherwise, said);
    }
  }

  @Test
  void the_page_has_every_setting() throws IOException {
    var page = Files.readString(PAGE);
    var table = BEGIN + table() + END;
    if ("write".equals(System.getProperty("muster.docs"))) {
      var from = page.indexOf(BEGIN);
      page = page.substring(0, from) + table + page.substring(page.indexOf(END) + END.length());
      Files.writeString(PAGE, page);
    }

    assertThat(page).contains(table);
  }

  @Test
  void defaults_are_those_of_the_services() throws IOException {
    for (var module : MODULES.keySet()) {
      var file = Path.of("..", module, "src/main/resources", module + ".properties");
      if (Files.exists(file)) {
        var defaults = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
          defaults.load(reader);
        }
        assertThat(all()).allSatisfy(setting -> assertIsDefault(setting, defaults));
      }
    }
  }

  @Test
  void what_the_code_reads_is_a_setting() throws IOException {
    var known = all().stream().map(Setting::name).collect(Collectors.toSet());

    assertThat(known).containsAll(read());
  }

  private static void assertIsDefault(Setting setting, Properties defaults) {
    var given = defaults.getProperty(setting.name());
    if (given != null) {
      assertThat(setting.defaultValue()).as(setting.name()).isEqualTo(given);
    }
  }

  private static String table() throws IOException {
    var owners = new LinkedHashMap<Setting, List<String>>();
    for (var module : MODULES.entrySet()) {
      for (var setting : of(module.getKey())) {
        owners.computeIfAbsent(setting, _ -> new ArrayList<>()).add(module.getValue());
      }
    }
    assertThat(owners.keySet().stream().collect(groupingBy(Setting::name)).values())
        .as("settings that two modules describe differently")
        .allMatch(same -> same.size() == 1);
    return owners.entrySet().stream()
        .map(entry -> entry.getKey().row(String.join(", ", entry.getValue())))
        .collect(joining("\n", "| variable | of | default | |\n| --- | --- | --- | --- |\n", "\n"));
  }

  private static List<Setting> all() throws IOException {
    var all = new ArrayList<Setting>();
    for (var module : MODULES.keySet()) {
      all.addAll(of(module));
    }
    return all;
  }

  private static List<Setting> of(String module) throws IOException {
    var file = Path.of("..", module, METADATA);
    return JsonMapper.shared().readValue(Files.readString(file), Metadata.class).properties();
  }

  /** Names in calls that read settings. */
  private static Set<String> read() throws IOException {
    var names = new TreeSet<String>();
    for (var module : MODULES.keySet()) {
      try (var files = Files.walk(Path.of("..", module, "src/main/java"))) {
        for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Files.readString(file)
              .lines()
              .filter(line -> line.matches(".*(Property|bind|require|read)\\(.*"))
              // What the parts of one process tell each other.
              .filter(line -> !line.contains("System."))
              .flatMap(line -> NAME.matcher(line).results())
              .map(match -> match.group(1))
              .filter(name -> !name.matches("muster\\.(kafka|postgresql|mongodb)"))
              .forEach(names::add);
        }
      }
    }
    return names;
  }
}
