package dev.muster.cli.output;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command shows its answer. */
public final class OutputOptions {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "How to show the answer: " + OutputFormat.FORMS + ".")
  private String format = "table";

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      split = ",",
      description = "Which columns a table has, such as name,status,age.")
  private @Nullable List<String> columns;

  @Option(names = "--no-headers", description = "Leave the titles of columns out.")
  private boolean noHeaders;

  @Option(
      names = "--sort",
      paramLabel = "COLUMN",
      description = "Sort rows by this column; -COLUMN the other way round.")
  private @Nullable String sort;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "Colours: auto, always, never; NO_COLOR means never.")
  private String color = "auto";

  /** Says now, before anything is done, what makes no sense. */
  public OutputOptions checked(Listing listing) {
    if (OutputFormat.of(format) instanceof OutputFormat.JsonPath(String expression)) {
      PathText.compiled(expression);
    }
    shown(listing);
    if (sort != null) {
      listing.column(sortTitle(sort));
    }
    if (!List.of("auto", "always", "never").contains(color)) {
      throw new Failure(Exit.USAGE, "--color '%s' is none of auto, always, never".formatted(color));
    }
    return this;
  }

  public boolean isTable() {
    return OutputFormat.of(format) instanceof OutputFormat.InTable;
  }

  public AnswerPrinter into(Environment environment, Listing listing) {
    checked(listing);
    return new AnswerPrinter(environment, listing, this);
  }

  OutputFormat form() {
    return OutputFormat.of(format);
  }

  boolean headers() {
    return !noHeaders;
  }

  @Nullable String sort() {
    return sort;
  }

  static String sortTitle(String sort) {
    return sort.startsWith("-") ? sort.substring(1) : sort;
  }

  List<Column> shown(Listing listing) {
    if (columns != null) {
      return columns.stream().map(listing::column).toList();
    }
    boolean wide = form() instanceof OutputFormat.InTable(boolean all) && all;
    return listing.columns().stream().filter(column -> wide || !column.wide()).toList();
  }

  boolean inColour(Environment environment) {
    return switch (color) {
      case "always" -> true;
      case "never" -> false;
      default -> environment.outIsTerminal() && environment.takesColours();
    };
  }
}
