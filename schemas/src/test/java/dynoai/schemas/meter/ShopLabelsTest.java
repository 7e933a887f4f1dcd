package dynoai.schemas.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopLabelsTest {
    private final List<String> dropped = new ArrayList<>();
    private final ShopLabels labels = new ShopLabels(dropped::add);

    @Test
    void shopThatOutgrowsTheSmallest_takesItsPlace() {
        // Given
        for (int shop = 0; shop < ShopLabels.MOST; shop++) {
            labels.of("shop-" + shop, 1000 + shop);
        }

        // When
        String small = labels.of("late", 900);
        String large = labels.of("late", 900);

        // Then
        assertThat(List.of(small, large)).containsExactly(ShopLabels.OTHER, "late");
        assertThat(dropped).containsExactly("shop-0");
        assertThat(labels.of("shop-0", 1)).isEqualTo(ShopLabels.OTHER);
    }

    @Test
    void shopsOfASize_doNotChangePlaces() {
        // Given
        for (int shop = 0; shop < ShopLabels.MOST; shop++) {
            labels.of("shop-" + shop, 1000);
        }

        // When
        String label = labels.of("late", 1050);

        // Then
        assertThat(label).isEqualTo(ShopLabels.OTHER);
        assertThat(dropped).isEmpty();
    }

    @Test
    void nameThatIsNoShop_isOther() {
        // When, Then
        assertThat(labels.of("a\nb", 1)).isEqualTo(ShopLabels.OTHER);
        assertThat(labels.of(ShopLabels.OTHER, 1)).isEqualTo(ShopLabels.OTHER);
    }
}
