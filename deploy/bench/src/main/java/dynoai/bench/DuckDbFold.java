package dynoai.bench;

import dynoai.schemas.grid.Gate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/**
 * DuckDB on the same file with a given schema; gates, cells, weighted sums and MAD in SQL. It ignores row order, reads only
 * the columns it needs, and computes no battery correlation and no timeline.
 */
final class DuckDbFold implements Contender {
    private static final String FOLD = """
            WITH log AS (
              FROM read_csv('%s', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
                new_line = '\\n', columns = {
                  'time': 'DOUBLE', 'rpm': 'DOUBLE', 'kpa': 'DOUBLE', 'torque': 'DOUBLE', 'hp': 'DOUBLE',
                  'cmd_f': 'DOUBLE', 'meas_f': 'DOUBLE', 'cmd_r': 'DOUBLE', 'meas_r': 'DOUBLE',
                  'knock_f': 'DOUBLE', 'knock_r': 'DOUBLE', 'iat': 'DOUBLE', 'tps': 'DOUBLE', 'volts': 'DOUBLE'})
              WHERE rpm IS NOT NULL AND kpa IS NOT NULL AND torque IS NOT NULL
            ), placed AS (
              SELECT *,
                CAST(least(greatest(ceil((rpm - 1750) / 500.0), 0), 10) * 5
                   + least(greatest(ceil((kpa - 42.5) / 15.0), 0), 4) AS INTEGER) AS cell,
                CASE WHEN NOT (iat BETWEEN 30 AND 300) THEN 2
                     WHEN NOT (rpm BETWEEN 400 AND 8000) THEN 3
                     WHEN NOT (kpa BETWEEN 10 AND 110) THEN 4
                     WHEN NOT (tps BETWEEN 0 AND 100) THEN 5
                     WHEN torque < 5.0 THEN 6
                     ELSE 7 END AS point
              FROM log
            ), gated AS MATERIALIZED (
              SELECT cell, point, torque, hp, iat, knock_f, knock_r,
                CASE WHEN cmd_f IS NULL THEN 0
                     WHEN meas_f IS NULL OR NOT (cmd_f BETWEEN 9 AND 18) OR NOT (meas_f BETWEEN 9 AND 18) THEN 1
                     ELSE point END AS gate_f,
                CASE WHEN cmd_r IS NULL THEN 0
                     WHEN meas_r IS NULL OR NOT (cmd_r BETWEEN 9 AND 18) OR NOT (meas_r BETWEEN 9 AND 18) THEN 1
                     ELSE point END AS gate_r,
                (cmd_f - meas_f) / meas_f * 100 AS err_f, (meas_f / cmd_f - 1) * 100 AS corr_f,
                (cmd_r - meas_r) / meas_r * 100 AS err_r, (meas_r / cmd_r - 1) * 100 AS corr_r
              FROM placed
            )
            SELECT 0 AS cylinder, cell, gate_f AS gate, count(*), sum(err_f * torque), sum(corr_f * torque), sum(torque),
                   sum(torque * torque), sum(hp * torque), mad(err_f),
                   max(knock_f) FILTER (WHERE point = 7), max(iat) FILTER (WHERE point = 7)
              FROM gated GROUP BY cell, gate_f
            UNION ALL
            SELECT 1, cell, gate_r, count(*), sum(err_r * torque), sum(corr_r * torque), sum(torque),
                   sum(torque * torque), sum(hp * torque), mad(err_r),
                   max(knock_r) FILTER (WHERE point = 7), max(iat) FILTER (WHERE point = 7)
              FROM gated GROUP BY cell, gate_r
            """;

    /** The gates by their number in the statement, which has no filters. */
    private static final List<Gate> GATES =
            Stream.of(Gate.values()).filter(gate -> !gate.isOptional()).toList();

    private final int threads;
    private final Connection connection;

    DuckDbFold(int threads) throws SQLException {
        this.threads = threads;
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + threads);
            statement.execute("SET preserve_insertion_order = false");
        }
    }

    @Override
    public String name() {
        return DUCKDB;
    }

    @Override
    public String title() {
        return "DuckDB";
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public BenchResult run(Path log) throws SQLException {
        BenchResult answer = new BenchResult();
        String sql = FOLD.formatted(log.toString().replace("'", "''"));
        try (Statement statement = connection.createStatement();
                ResultSet groups = statement.executeQuery(sql)) {
            while (groups.next()) {
                add(groups, answer);
            }
        }
        return answer;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static void add(ResultSet group, BenchResult answer) throws SQLException {
        int cylinder = group.getInt(1);
        int cell = group.getInt(2);
        Gate gate = GATES.get(group.getInt(3));
        long rows = group.getLong(4);
        double[][] cells = answer.cells(cylinder);
        answer.gates(cylinder)[gate.ordinal()] += rows;
        cells[BenchResult.KNOCK][cell] = Math.max(nothingIs(0, cells[BenchResult.KNOCK][cell]), number(group, 11, 0));
        double iat = number(group, 12, Double.NaN);
        cells[BenchResult.IAT][cell] =
                Math.max(nothingIs(iat, cells[BenchResult.IAT][cell]), nothingIs(cells[BenchResult.IAT][cell], iat));
        if (gate != Gate.ACCEPTED) {
            return;
        }
        double weight = group.getDouble(7);
        answer.coverage(cylinder)[cell] = rows;
        cells[BenchResult.ERR][cell] = group.getDouble(5) / weight;
        cells[BenchResult.CORR][cell] = group.getDouble(6) / weight;
        cells[BenchResult.TORQUE][cell] = onlyPositive(group.getDouble(8)) / weight;
        cells[BenchResult.HP][cell] = onlyPositive(group.getDouble(9)) / weight;
        cells[BenchResult.MAD][cell] = group.getDouble(10);
    }

    private static double number(ResultSet group, int column, double whenNull) throws SQLException {
        double number = group.getDouble(column);
        return group.wasNull() ? whenNull : number;
    }

    private static double nothingIs(double replacement, double value) {
        return Double.isNaN(value) ? replacement : value;
    }

    private static double onlyPositive(double sum) {
        return sum > 0 ? sum : Double.NaN;
    }
}
