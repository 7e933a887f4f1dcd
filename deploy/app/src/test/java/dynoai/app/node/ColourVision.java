package dynoai.app.node;

import java.util.Arrays;

/**
 * How colours look to eyes that lack one kind of cone: the matrices of Machado, Oliveira and Fernandes (2009) for full
 * severity, on linear light. Distances are CIE 1976, in which about 2 is just visible.
 */
enum ColourVision {
    NORMAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTANOPIA(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    DEUTERANOPIA(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
    TRITANOPIA(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

    private final double[] matrix;

    ColourVision(double... matrix) {
        this.matrix = matrix;
    }

    /** A colour in CIE L*a*b*. */
    record Seen(double lightness, double a, double b) {
        double distance(Seen other) {
            return Math.sqrt(square(lightness - other.lightness) + square(a - other.a) + square(b - other.b));
        }

        private static double square(double value) {
            return value * value;
        }
    }

    /** @param hex three or six hexadecimal digits after a {@code #} */
    Seen of(String hex) {
        String digits = hex.length() == 4 ? hex.replaceAll("([0-9a-fA-F])", "$1$1") : hex;
        double[] light = new double[3];
        for (int i = 0; i < 3; i++) {
            double value = Integer.parseInt(digits.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            light[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        return lab(times(matrix, light));
    }

    private static Seen lab(double[] linear) {
        double[] toXyz = {
            0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.0721750, 0.0193339, 0.1191920, 0.9503041
        };
        double[] white = {0.95047, 1, 1.08883};
        double[] xyz = times(
                toXyz,
                Arrays.stream(linear).map(v -> Math.max(0, Math.min(1, v))).toArray());
        double[] f = new double[3];
        for (int i = 0; i < 3; i++) {
            double t = xyz[i] / white[i];
            f[i] = t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
        }
        return new Seen(116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]));
    }

    private static double[] times(double[] m, double[] v) {
        return new double[] {
            m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
            m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
            m[6] * v[0] + m[7] * v[1] + m[8] * v[2]
        };
    }
}
