package dynoai.bench;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import dynoai.analyzer.run.RunAggregate;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.file.Path;

/** FastCSV with {@link Double#parseDouble} and the engine's fold. */
final class FastCsvFold implements Contender {
    /** The channels of the sample log's columns, in file order. */
    private static final Channel[] COLUMNS = {
        Channel.TIME_SECONDS,
        Channel.RPM,
        Channel.MAP_KPA,
        Channel.TORQUE_FTLB,
        Channel.POWER_HP,
        Channel.COMMANDED_AFR_FRONT,
        Channel.MEASURED_AFR_FRONT,
        Channel.COMMANDED_AFR_REAR,
        Channel.MEASURED_AFR_REAR,
        Channel.KNOCK_RETARD_FRONT_DEG,
        Channel.KNOCK_RETARD_REAR_DEG,
        Channel.IAT_FAHRENHEIT,
        Channel.THROTTLE_PERCENT,
        Channel.BATTERY_VOLTS
    };

    @Override
    public String name() {
        return FASTCSV;
    }

    @Override
    public String title() {
        return "FastCSV + parseDouble";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public BenchResult run(Path log) throws Exception {
        AnalysisOptions options = AnalysisOptions.defaults();
        LogDescription description = LogReader.plan(LogSource.of(log), options).description();
        RunAggregate aggregate = new RunAggregate(description, options);
        Rows rows = new Rows(aggregate);
        try (CsvReader<Rows> reader = CsvReader.builder().build(rows, log)) {
            reader.forEach(Rows::endRow);
        }
        rows.foldBlock();
        return BenchResult.of(aggregate.grids(rows.count, 0));
    }

    /** Parses fields into the current block, without record objects. */
    private static final class Rows extends AbstractBaseCsvCallbackHandler<Rows> {
        private final RunAggregate aggregate;
        private double[][] block = new double[COLUMNS.length][RowBlock.MAX_ROWS];
        private int inBlock;
        private boolean headerIsPast;
        long count;

        Rows(RunAggregate aggregate) {
            this.aggregate = aggregate;
        }

        @Override
        protected void handleField(int index, char[] text, int from, int length, boolean quoted) {
            if (headerIsPast) {
                block[index][inBlock] = length == 0 ? Double.NaN : Double.parseDouble(new String(text, from, length));
            }
        }

        @Override
        protected Rows buildRecord() {
            return this;
        }

        void endRow() {
            if (!headerIsPast) {
                headerIsPast = true;
                return;
            }
            count++;
            if (++inBlock == RowBlock.MAX_ROWS) {
                foldBlock();
            }
        }

        void foldBlock() {
            Column[] columns = new Column[Channel.COUNT];
            for (int i = 0; i < COLUMNS.length; i++) {
                columns[COLUMNS[i].ordinal()] = Column.ofDoubles(block[i]);
            }
            if (inBlock > 0) {
                aggregate.fold(new RowBlock(inBlock, 0, columns));
            }
            block = new double[COLUMNS.length][RowBlock.MAX_ROWS];
            inBlock = 0;
        }
    }
}
