package dynoai.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Role;
import dynoai.schemas.record.ShopEntry;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final Caller NORTH = new Caller("north", Set.of(Role.READ), "n1");
    private static final Caller NORTH_AGAIN = new Caller("north", Set.of(Role.DROP), "n2");
    private static final Caller SOUTH = new Caller("south", Set.of(Role.READ), "s1");
    private static final Caller OPERATOR = new Caller(ShopEntry.ALL_SHOPS, Set.of(Role.OPERATE), "o1");

    @Test
    void shop_hasAQuarter_withAllItsTokens() {
        // Given
        Shares shares = new Shares(8);
        shares.tryTake(NORTH);
        shares.tryTake(NORTH_AGAIN);

        // When
        boolean third = shares.tryTake(NORTH);

        // Then
        assertThat(third).isFalse();
        assertThat(shares.tryTake(SOUTH)).isTrue();
        assertThat(shares.taken()).isEqualTo(3);
    }

    @Test
    void releasedPlace_isFreeAgain() {
        // Given
        Shares shares = new Shares(4);
        shares.tryTake(NORTH);

        // When
        shares.release(NORTH);

        // Then
        assertThat(shares.taken()).isZero();
        assertThat(shares.tryTake(NORTH_AGAIN)).isTrue();
    }

    @Test
    void operator_mayHaveAll_butNoMore() {
        // Given
        Shares shares = new Shares(3);

        // When
        for (int i = 0; i < 5; i++) {
            shares.tryTake(OPERATOR);
        }

        // Then
        assertThat(shares.taken()).isEqualTo(3);
        assertThat(shares.tryTake(NORTH)).isFalse();
        assertThat(new Shares(0).tryTake(OPERATOR)).isFalse();
    }
}
