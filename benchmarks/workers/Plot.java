import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Throughput over workers, with what would be linear beside it, as SVG. */
final class Plot {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 360;
  private static final int LEFT = 64;
  private static final int BOTTOM = 48;
  private static final int EDGE = 24;

  private final List<Workers.Measured> measured;
  private final double single;
  private final double most;
  private final int last;

  private Plot(List<Workers.Measured> measured) {
    this.measured = measured;
    this.single = measured.getFirst().perSecond();
    this.last = measured.getLast().workers();
    this.most = Math.ceil(single * last / 50) * 50;
  }

  static String of(List<Workers.Measured> measured) {
    return new Plot(measured).svg();
  }

  private String svg() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
    <rect width="100%%" height="100%%" fill="white"/>
    %s
    %s
    <polyline points="%s" fill="none" stroke="#888" stroke-dasharray="5 4"/>
    <polyline points="%s" fill="none" stroke="#1764ab" stroke-width="2"/>
    %s
    <text x="%d" y="%d" text-anchor="middle">workers (dashed: linear)</text>
    <text x="%d" y="16">instances started in a second</text>
    </svg>
    """
        .formatted(
            WIDTH,
            HEIGHT,
            heights(),
            counts(),
            linear(),
            points(),
            marks(),
            (WIDTH + LEFT) / 2,
            HEIGHT - 10,
            EDGE / 2);
  }

  private String heights() {
    return java.util.stream.IntStream.rangeClosed(0, 4)
        .mapToObj(i -> most * i / 4)
        .map(
            v ->
                format(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                        + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>",
                    LEFT, WIDTH - EDGE, y(v), y(v), LEFT - 8, y(v) + 4, v))
        .collect(Collectors.joining("\n"));
  }

  private String counts() {
    return measured.stream()
        .map(
            m ->
                format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
                    x(m.workers()), HEIGHT - BOTTOM + 18, m.workers()))
        .collect(Collectors.joining("\n"));
  }

  private String linear() {
    return format("%.1f,%.1f %.1f,%.1f", x(0), y(0), x(last), y(single * last));
  }

  private String points() {
    return measured.stream()
        .map(m -> format("%.1f,%.1f", x(m.workers()), y(m.perSecond())))
        .collect(Collectors.joining(" "));
  }

  private String marks() {
    return measured.stream()
        .map(
            m ->
                format(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#1764ab\"/>"
                        + "<text x=\"%.1f\" y=\"%.1f\">%.0f</text>",
                    x(m.workers()),
                    y(m.perSecond()),
                    x(m.workers()) + 8,
                    y(m.perSecond()) + 16,
                    m.perSecond()))
        .collect(Collectors.joining("\n"));
  }

  private double x(double workers) {
    return LEFT + workers / last * (WIDTH - LEFT - EDGE);
  }

  private double y(double perSecond) {
    return HEIGHT - BOTTOM - perSecond / most * (HEIGHT - BOTTOM - EDGE - 8);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
