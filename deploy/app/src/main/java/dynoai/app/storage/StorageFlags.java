package dynoai.app.storage;

import dynoai.app.setting.Setting;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches buckets. */
public final class StorageFlags {
    @Setting
    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "Server of s3:// addresses, if it is not that of AWS.")
    private @Nullable URI endpoint;

    @Setting
    @Option(
            names = "--s3-path-style",
            description = "Name the bucket in the path and not in the host name, for servers other than AWS.")
    private boolean pathStyle;

    @Setting
    @Option(
            names = "--s3-region",
            paramLabel = "NAME",
            description = "Region of the bucket. Default: that of the AWS settings.")
    private @Nullable String region;

    /** Returns the access that the flags define; empty if none is given. */
    public Optional<StorageAccess> given() {
        return endpoint == null && !pathStyle && region == null ? Optional.empty() : Optional.of(access());
    }

    public StorageAccess access() {
        return new StorageAccess(Optional.ofNullable(endpoint), pathStyle, Optional.ofNullable(region));
    }
}
