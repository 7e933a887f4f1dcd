package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.wire.AvroInput;
import dynoai.schemas.wire.AvroOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveRunTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 77, 1024})
    void runCarriedOnFromItsBytesAfterEveryBlock_endsBitForBitAsIfUndisturbed(int blockRows) throws Exception {
        // Given
        SampleRunRecords sample = new SampleRunRecords("r1", blockRows, 5000, blockRows);
        ActiveRun run = new ActiveRun(sample.started(), 1, 0);
        List<byte[]> errors = new ArrayList<>();
        List<TimelineWindow> windows = new ArrayList<>();
        // When
        for (RowBlock block : sample.blocks()) {
            run.fold(block);
            AvroOutput taken = new AvroOutput(64);
            run.state().takeErrors(taken);
            errors.add(taken.toByteArray());
            windows.addAll(run.state().takeClosedWindows());
            AvroOutput state = new AvroOutput(64);
            RunStateCodec.writeActive(state, run);
            assertThat(state.length()).isLessThan(24 * 1024);
            AvroInput in = new AvroInput(state.toByteArray());
            run = RunStateCodec.readActive(in, RunStateCodec.readHeader(in), sample.started());
        }
        Collections.reverse(errors);
        for (byte[] taken : errors) {
            run.state().addErrors(new AvroInput(taken));
        }
        RunGrids grids = run.aggregate().grids(sample.rowsRead(), sample.unreadable(), windows);
        // Then
        assertThat(grids).isEqualTo(sample.batch());
        assertThat(grids.timeline()).hasSize(10);
        assertThat(grids.decel().events()).isPositive();
        assertThat(grids.balance().wasAsked()).isTrue();
    }
}
