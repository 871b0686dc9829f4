package report;

import java.util.List;

/** One line of a plot: points of x and y, and whether each bears its value. */
public record Line(String name, List<double[]> points, boolean dashed) {}
