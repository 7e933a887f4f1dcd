package dynoai.ingest.log.column;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogFormat;
import java.util.List;
import java.util.Map;

/**
 * A log format.
 *
 * @param markers texts of the lower-cased header line that speak for the format, one point each
 * @param names by channel; a cylinder's channels by the one of the front
 * @param frontServesRear whether the front's measured AFR serves a rear cylinder without its own, even if its header says front
 */
record FormatDescription(
        LogFormat format, List<String> markers, Map<Channel, NameLists> names, boolean frontServesRear) {
    NameLists names(Channel channel) {
        return names.getOrDefault(channel, NameLists.NONE);
    }
}
