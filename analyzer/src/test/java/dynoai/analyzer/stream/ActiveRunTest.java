package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveRunTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 77, 1024})
    void runRestoredAfterEveryBlock_hasTheSameGridsBitForBit(int blockRows) throws Exception {
        // Given
        SampleRunRecords sample = new SampleRunRecords("r1", blockRows, 5000, blockRows);
        ActiveRun run = new ActiveRun(sample.started(), 1, 0);
        List<byte[]> errors = new ArrayList<>();
        List<TimelineWindow> windows = new ArrayList<>();
        int longest = 0;
        // When
        for (RowBlock block : sample.blocks()) {
            run.fold(block);
            BinaryOutput taken = new BinaryOutput(64);
            run.state().takeErrors(taken);
            errors.add(taken.toByteArray());
            windows.addAll(run.state().takeClosedWindows());
            BinaryOutput state = new BinaryOutput(64);
            RunStateCodec.writeActive(state, run);
            longest = Math.max(longest, state.length());
            BinaryInput in = new BinaryInput(state.toByteArray());
            run = RunStateCodec.readActive(in, RunStateCodec.readHeader(in), sample.started());
        }
        Collections.reverse(errors);
        for (byte[] taken : errors) {
            run.state().addErrors(new BinaryInput(taken));
        }
        RunGrids grids = run.aggregate().grids(sample.rowsRead(), sample.unreadable(), windows);
        // Then
        assertThat(longest).isPositive().isLessThan(24 * 1024);
        assertThat(grids).isEqualTo(sample.batch());
        assertThat(grids.timeline()).hasSize(10);
        assertThat(grids.decel().events()).isPositive();
        assertThat(grids.balance().isRequested()).isTrue();
    }
}
