package dynoai.app.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The table of rights in the documentation, as Kafka takes it. */
final class DocumentedRights {
    private static final Path TABLE = Path.of("docs", "rights.md");
    private static final String EVERY = "*";

    private DocumentedRights() {}

    /** Gives each user the rights of its rows. */
    static void grantAt(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createAcls(rights()).all().get();
        }
    }

    private static List<AclBinding> rights() throws IOException {
        List<AclBinding> rights = new ArrayList<>();
        for (String line : Files.readAllLines(TABLE)) {
            String[] cells = line.split("\\|");
            if (cells.length > 4 && SecuredBroker.USERS.contains(cells[1].strip())) {
                for (String operation : cells[4].split(",")) {
                    rights.add(new AclBinding(
                            resource(cells[2].strip(), cells[3].replace("`", "").strip()),
                            new AccessControlEntry(
                                    "User:" + cells[1].strip(),
                                    EVERY,
                                    operation(operation.strip()),
                                    AclPermissionType.ALLOW)));
                }
            }
        }
        return rights;
    }

    /** As Kafka's own tools spell it, {@code DescribeConfigs}. */
    private static AclOperation operation(String name) {
        return Stream.of(AclOperation.values())
                .filter(operation -> operation.name().replace("_", "").equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow();
    }

    private static ResourcePattern resource(String type, String name) {
        boolean prefix = name.endsWith(EVERY);
        return new ResourcePattern(
                ResourceType.fromString(type),
                prefix ? name.substring(0, name.length() - 1) : name,
                prefix ? PatternType.PREFIXED : PatternType.LITERAL);
    }
}
