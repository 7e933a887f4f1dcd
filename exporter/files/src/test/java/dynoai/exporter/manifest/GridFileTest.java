package dynoai.exporter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridFileTest {
    @Test
    void fileNames_areUnique() {
        // When
        List<String> names = new ArrayList<>();
        for (GridFile grid : GridFile.values()) {
            names.add(grid.file());
            if (grid.pasteFile() != null) {
                names.add(grid.pasteFile());
            }
        }
        // Then
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void kindAndCylinder_identifyAGrid() {
        for (GridFile grid : GridFile.values()) {
            // When / Then
            assertThat(GridFile.of(grid.kind(), grid.cylinder())).isSameAs(grid);
            assertThat(grid.pasteFile() != null).isEqualTo(grid.kind().pasteSchema() != null);
        }
    }
}
