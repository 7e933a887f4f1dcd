package dynoai.schemas.record;

import java.util.List;

/**
 * What is known of a shop: its tokens, its limits, and which client certificates it has no longer. The latest entry of a key counts. The permitted types are in the order of
 * the schema's union.
 */
public sealed interface ShopEntry permits ShopEntry.Credential, ShopEntry.Limits, ShopEntry.Certificates {
    /** The shop of credentials for all shops. No shop has this name. */
    String ALL_SHOPS = "*";

    /** The entry's key on the topic. */
    String key();

    String shop();

    /**
     * A token and what it allows.
     *
     * @param secretSha256 hash of the token's secret
     * @param shop a shop, or {@link #ALL_SHOPS}
     * @param roles names of {@link dynoai.schemas.access.Role}s
     */
    record Credential(
            String id,
            String secretSha256,
            String shop,
            List<String> roles,
            long createdMillis,
            long notAfterMillis,
            boolean revoked)
            implements ShopEntry {
        @Override
        public String key() {
            return key(id);
        }

        /** Returns the key of the token with this id. */
        public static String key(String id) {
            return "token/" + id;
        }

        /** Returns the same, revoked. */
        public Credential revoke() {
            return new Credential(id, secretSha256, shop, roles, createdMillis, notAfterMillis, true);
        }

        /** Returns the same, valid no longer than until this time. */
        public Credential until(long millis) {
            return new Credential(
                    id, secretSha256, shop, roles, createdMillis, Math.min(notAfterMillis, millis), revoked);
        }

        public boolean isValid(long nowMillis) {
            return !revoked && nowMillis < notAfterMillis;
        }
    }

    /**
     * The limits of a shop; 0 is the default.
     *
     * @param largestLog in bytes
     * @param weight share of a shop in turns: a shop of weight 2 has twice the rows of one of weight 1
     */
    record Limits(
            String shop,
            int requestsPerSecond,
            long bytesPerDay,
            int openUploads,
            long largestLog,
            int weight,
            int runsInFlight,
            long rowsInFlight)
            implements ShopEntry {
        /** Bytes of logs a day of a shop that has no limit of its own. */
        public static final long BYTES_PER_DAY = 100L << 30;

        /** Returns the limits of a shop that has none of its own. */
        public static Limits none(String shop) {
            return new Limits(shop, 0, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public String key() {
            return "limits/" + shop;
        }

        public long bytesPerDayOrDefault() {
            return bytesPerDay == 0 ? BYTES_PER_DAY : bytesPerDay;
        }
    }
    /**
     * Which client certificates of a shop count.
     *
     * @param revokedUntilMillis those that are valid from this time or an earlier one are revoked
     */
    record Certificates(String shop, long revokedUntilMillis) implements ShopEntry {
        /** Returns that all certificates of a shop count. */
        public static Certificates none(String shop) {
            return new Certificates(shop, Long.MIN_VALUE);
        }

        @Override
        public String key() {
            return "certificates/" + shop;
        }
    }
}
