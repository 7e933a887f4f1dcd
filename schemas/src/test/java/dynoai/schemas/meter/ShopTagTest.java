package dynoai.schemas.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShopTagTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void limitShops() {
        registry.config().meterFilter(ShopTag.limit());
    }

    private void count(String meter, String shop) {
        registry.counter(meter, ShopTag.KEY, shop).increment();
    }

    private double counted(String meter, String shop) {
        return registry.get(meter).tag(ShopTag.KEY, shop).counter().count();
    }

    @Test
    void shopsBeyondTheLimit_shareOther() {
        // When
        for (int shop = 1; shop <= ShopTag.MAX_SHOPS + 50; shop++) {
            count("runs", "shop-" + shop);
        }
        // Then
        assertThat(counted("runs", "shop-200")).isEqualTo(1);
        assertThat(counted("runs", ShopTag.OTHER)).isEqualTo(50);
        assertThat(registry.getMeters()).hasSize(ShopTag.MAX_SHOPS + 1);
    }

    @Test
    void shop_hasSeriesInEveryMeterOrInNone() {
        // Given
        for (int shop = 1; shop <= ShopTag.MAX_SHOPS + 1; shop++) {
            count("runs", "shop-" + shop);
        }
        // When
        count("bytes", "shop-7");
        count("bytes", "shop-201");
        // Then
        assertThat(counted("bytes", "shop-7")).isEqualTo(1);
        assertThat(counted("bytes", ShopTag.OTHER)).isEqualTo(1);
    }

    @Test
    void folderThatIsNotAValidShop_isOther() {
        // When
        count("runs", "a shop/with a path");
        // Then
        assertThat(counted("runs", ShopTag.OTHER)).isEqualTo(1);
    }
}
