package dynoai.schemas.meter;

import io.micrometer.core.instrument.MeterRegistry;

/** The series that a stage keeps for each shop: of the largest only, and gone when a shop loses its place. */
public final class ShopSeries {
    /** The label. */
    public static final String SHOP = "shop";

    private final MeterRegistry registry;
    private final String prefix;
    private final ShopLabels shops = new ShopLabels(this::drop);

    /** @param prefix with which the stage's meters begin */
    public ShopSeries(MeterRegistry registry, String prefix) {
        this.registry = registry;
        this.prefix = prefix;
    }

    /**
     * The value of a shop's label.
     *
     * @param more what the shop grows by now
     */
    public String label(String shop, long more) {
        return shops.of(shop, more);
    }

    private void drop(String shop) {
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith(prefix))
                .filter(meter -> shop.equals(meter.getId().getTag(SHOP)))
                .forEach(registry::remove);
    }
}
