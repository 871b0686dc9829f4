package report;

import java.util.List;

/** One line of a plot: points of x and y; what is dashed is there to compare with. */
public record Line(String name, List<double[]> points, boolean dashed) {}
