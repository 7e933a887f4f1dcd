package dynoai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class PostgresCatalogueTest extends CatalogueContract {
    private static Optional<PostgresCluster> cluster = Optional.empty();
    private static int databases;

    @BeforeAll
    static void start() throws Exception {
        cluster = PostgresCluster.start();
        Assumptions.assumeTrue(cluster.isPresent(), "PostgreSQL is not installed");
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster.isPresent()) {
            cluster.get().close();
        }
    }

    @Override
    CatalogueAddress emptyDatabase() throws Exception {
        return cluster.orElseThrow().database("catalogue_" + databases++);
    }

    @Test
    void addressInMessages_hasNoParameters() {
        assertThat(CatalogueAddress.ofUrl("jdbc:postgresql://db/x?password=secret")
                        .toString())
                .isEqualTo("jdbc:postgresql://db/x");
    }
}
