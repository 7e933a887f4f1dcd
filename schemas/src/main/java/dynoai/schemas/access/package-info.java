/**
 * Who may do what: a {@link dynoai.schemas.access.Token} becomes a {@link dynoai.schemas.access.Caller} by
 * {@link dynoai.schemas.access.Credentials}, of which {@link dynoai.schemas.access.ShopRegistry} is the one on Kafka.
 */
@NullMarked
package dynoai.schemas.access;

import org.jspecify.annotations.NullMarked;
