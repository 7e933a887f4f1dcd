package dynoai.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
    @Test
    void example_isValid() throws Exception {
        // When
        RetentionPolicy policy = Installation.policy(PolicyReader.EXAMPLE);
        // Then
        assertThat(policy.kinds()).containsExactly(RetentionKind.values());
        assertThat(policy.rules().get(RetentionKind.RUNS)).isEqualTo(new RetentionRule(365, 20, null));
        assertThat(policy.rules().get(RetentionKind.LOGS)).isEqualTo(new RetentionRule(31, null, 500L << 30));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run: {keep_days: 3}             | policy:1: run: unknown; did you mean runs
            runs: {keep_dayz: 3}            | policy:1: runs.keep_dayz: unknown; did you mean keep_days
            runs: {depth: 3}                | policy:1: runs.depth: unknown; known are keep_days, keep_newest, max_bytes
            runs: {keep_days: 0}            | policy:1: runs.keep_days: must be a whole number from 1 to 36500, is 0
            runs: {keep_days: "3"}          | policy:1: runs.keep_days: must be a whole number from 1 to 36500, is 3
            runs: {keep_days: 2.5}          | policy:1: runs.keep_days: must be a whole number from 1 to 36500, is 2.5
            runs: {keep_newest: -1}         | policy:1: runs.keep_newest: must be a whole number from 1 to 1000000, is -1
            logs: {keep_newest: 3}          | policy:1: logs.keep_newest: unknown; known are keep_days, max_bytes
            runs: {max_bytes: 3 GB}         | such as 500 GiB, is 3 GB
            runs: {max_bytes: -1}           | such as 500 GiB, is -1
            runs: {max_bytes: 99999999 TiB} | such as 500 GiB, is 99999999 TiB
            runs:                           | policy:1: runs: must be a mapping of keep_days, keep_newest, max_bytes
            runs: {}                        | policy:1: runs: must be a mapping of keep_days, keep_newest, max_bytes
            []                              | policy:1: must be a mapping of maps, runs
            # nothing                       | policy:1: the file is empty
            runs: [                         | policy:1: not valid YAML
            """)
    void invalidPolicy_isReportedWithItsLine(String yaml, String problem) {
        assertThatThrownBy(() -> Installation.policy(yaml))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void everyProblem_isReported() {
        assertThatThrownBy(() -> Installation.policy("runs:\n  keep_days: 0\nlogs:\n  keep_days: 30\n"))
                .hasMessageContaining("policy:2: runs.keep_days")
                .hasMessageContaining("policy:4: logs.keep_days")
                .hasMessageContaining("Kafka keeps outcomes for 30 days");
    }
}
