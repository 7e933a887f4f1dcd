package dynoai.engine.sample;

/** A table of whole numbers at evenly spaced points, interpolated linearly and constant beyond its ends. */
final class Curve {
    private final int first;
    private final int step;
    private final int[] points;

    Curve(int first, int step, int... points) {
        this.first = first;
        this.step = step;
        this.points = points;
    }

    int at(int x) {
        int offset = x - first;
        if (offset <= 0) {
            return points[0];
        }
        int index = offset / step;
        if (index >= points.length - 1) {
            return points[points.length - 1];
        }
        return points[index] + (points[index + 1] - points[index]) * (offset - index * step) / step;
    }
}
