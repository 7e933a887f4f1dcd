package dynoai.automation.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * The event that a run of the pipeline has published its run folder.
 *
 * @param manifest the run's manifest as published
 */
public record RunCompleted(String shop, String cell, String runId, Path runFolder, ObjectNode manifest) {
    private static final String ID = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}";

    public RunCompleted {
        for (String id : new String[] {shop, cell, runId}) {
            if (!id.matches(ID)) {
                throw new IllegalArgumentException("'" + id + "' is not a valid id of a shop, cell or run");
            }
        }
    }

    /** Returns shop and run id for messages. */
    String name() {
        return shop + "/" + runId;
    }

    ObjectNode toJson() {
        ObjectNode json = manifest.objectNode()
                .put("shop", shop)
                .put("cell", cell)
                .put("run_id", runId)
                .put("run_folder", runFolder.toString());
        json.set("manifest", manifest);
        return json;
    }

    static RunCompleted fromJson(ObjectNode json) {
        return new RunCompleted(
                json.path("shop").asText(),
                json.path("cell").asText(),
                json.path("run_id").asText(),
                Path.of(json.path("run_folder").asText()),
                json.withObject("/manifest"));
    }

    /** Returns the Context that a bound recipe starts with. */
    ObjectNode startContext() {
        ObjectNode context = manifest.objectNode();
        ObjectNode run = context.putObject("run");
        run.set("manifest_v1", manifest);
        run.put("shop_v1", shop).put("cell_v1", cell).put("id_v1", runId).put("folder_v1", runFolder.toString());
        return context;
    }
}
