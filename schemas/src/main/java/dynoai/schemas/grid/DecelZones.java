package dynoai.schemas.grid;

/** The zones of decel events and of suggested enrichment: four ranges of engine speed by three of throttle. */
public final class DecelZones {
    public static final int RPM_COUNT = 4;
    public static final int TPS_COUNT = 3;
    public static final int COUNT = RPM_COUNT * TPS_COUNT;

    private static final int[] RPM_EDGES = {1500, 2500, 3500, 4500, 5500};
    private static final int[] TPS_EDGES = {0, 2, 5, 7};

    private DecelZones() {}

    /** Returns the zone of an operating point: the nearest one beyond the outer edges, the upper one on an edge. */
    public static int zone(double rpm, double tpsPercent) {
        return range(RPM_EDGES, rpm) * TPS_COUNT + range(TPS_EDGES, tpsPercent);
    }

    /** Whether an engine speed is within the zones, edges included. */
    public static boolean covers(double rpm) {
        return rpm >= RPM_EDGES[0] && rpm <= RPM_EDGES[RPM_COUNT];
    }

    public static int minRpm(int zone) {
        return RPM_EDGES[zone / TPS_COUNT];
    }

    public static int maxRpm(int zone) {
        return RPM_EDGES[zone / TPS_COUNT + 1];
    }

    public static int minTps(int zone) {
        return TPS_EDGES[zone % TPS_COUNT];
    }

    public static int maxTps(int zone) {
        return TPS_EDGES[zone % TPS_COUNT + 1];
    }

    private static int range(int[] edges, double value) {
        int range = 0;
        while (range < edges.length - 2 && value >= edges[range + 1]) {
            range++;
        }
        return range;
    }
}
