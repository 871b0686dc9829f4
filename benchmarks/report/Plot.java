package report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lines over one axis, as SVG. Heights begin at 0.
 *
 * @param title what the heights are
 * @param below what the widths are
 * @param ticks where the widths have a mark
 * @param logarithmic whether equal widths stand for equal ratios
 */
public record Plot(
    String title, String below, double[] ticks, boolean logarithmic, List<Line> lines) {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 360;
  private static final int LEFT = 64;
  private static final int BOTTOM = 48;
  private static final int EDGE = 24;
  private static final List<String> COLOURS = List.of("#1764ab", "#b3541e", "#3a7d44", "#6b4a9b");

  public String svg() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
    <rect width="100%%" height="100%%" fill="white"/>
    %s
    %s
    %s
    <text x="%d" y="%d" text-anchor="middle">%s</text>
    <text x="%d" y="16">%s</text>
    </svg>
    """
        .formatted(
            WIDTH,
            HEIGHT,
            heights(),
            widths(),
            joined(IntStream.range(0, lines.size()).boxed().toList(), this::drawn),
            (WIDTH + LEFT) / 2,
            HEIGHT - 10,
            below,
            EDGE / 2,
            title);
  }

  private String heights() {
    return joined(
        List.of(0.0, 0.25, 0.5, 0.75, 1.0),
        share ->
            format(
                "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                    + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                LEFT,
                WIDTH - EDGE,
                y(share * most()),
                y(share * most()),
                LEFT - 8,
                y(share * most()) + 4,
                number(share * most())));
  }

  private String widths() {
    return joined(
        Arrays.stream(ticks).boxed().toList(),
        tick ->
            format(
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                x(tick), HEIGHT - BOTTOM + 18, number(tick)));
  }

  private String drawn(int index) {
    var line = lines.get(index);
    var colour = line.dashed() ? "#888" : COLOURS.get(index % COLOURS.size());
    var way =
        line.points().stream()
            .map(p -> format("%.1f,%.1f", x(p[0]), y(p[1])))
            .collect(Collectors.joining(" "));
    return format(
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" %s/>",
            way, colour, line.dashed() ? "stroke-dasharray=\"5 4\"" : "stroke-width=\"2\"")
        + "\n"
        + format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"%s\">%s</text>",
            WIDTH - EDGE, 16 + 16 * index, colour, line.name())
        + (line.dashed() || line.points().size() > 12
            ? ""
            : "\n" + joined(line.points(), point -> marked(point, colour)));
  }

  private String marked(double[] point, String colour) {
    boolean right = x(point[0]) > WIDTH - 4 * EDGE;
    return format(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>"
            + "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        x(point[0]),
        y(point[1]),
        colour,
        x(point[0]) + (right ? -8 : 8),
        y(point[1]) + 16,
        right ? "end" : "start",
        number(point[1]));
  }

  private double x(double value) {
    double first = place(ticks[0]);
    double last = place(ticks[ticks.length - 1]);
    double inset = logarithmic ? EDGE : 0;
    double from = LEFT + inset;
    double to = WIDTH - EDGE - inset;
    return last == first
        ? (from + to) / 2
        : from + (place(value) - first) / (last - first) * (to - from);
  }

  private double place(double value) {
    return logarithmic ? Math.log(value) : value;
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - value / most() * (HEIGHT - BOTTOM - 3 * EDGE);
  }

  /** The next 1, 2 or 5 with zeros above all. */
  private double most() {
    double highest =
        lines.stream().flatMap(l -> l.points().stream()).mapToDouble(p -> p[1]).max().orElse(1);
    double ten = Math.pow(10, Math.floor(Math.log10(Math.max(highest, 1e-6))));
    return List.of(1.0, 2.0, 5.0, 10.0).stream()
        .map(step -> step * ten)
        .filter(step -> step >= highest)
        .findFirst()
        .orElse(10 * ten);
  }

  private static String number(double value) {
    return format(
        value >= 10 || value == Math.rint(value) ? "%,.0f" : value >= 1 ? "%.1f" : "%.2f", value);
  }

  private static <T> String joined(List<T> all, Function<T, String> each) {
    return all.stream().map(each).collect(Collectors.joining("\n"));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
