package dynoai.helm;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.util.ModelMapper;
import java.util.List;
import java.util.Map;

/** Parses objects of a cluster. A field that their kind does not have is an error, as is a missing one that it needs. */
final class StrictObjects {
    private static final ObjectMapper CUSTOM = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Map<String, Class<?>> CUSTOM_KINDS = Map.of(
            "keda.sh/v1alpha1 ScaledObject", ScaledObject.class,
            "keda.sh/v1alpha1 TriggerAuthentication", TriggerAuthentication.class,
            "monitoring.coreos.com/v1 PodMonitor", PodMonitor.class);

    private StrictObjects() {}

    static Object parse(JsonNode object) throws Exception {
        String version = object.at("/apiVersion").asText();
        String kind = object.at("/kind").asText();
        Class<?> custom = CUSTOM_KINDS.get(version + " " + kind);
        if (custom != null) {
            return CUSTOM.treeToValue(object, custom);
        }
        Class<?> known = ModelMapper.getApiTypeClass(version, kind);
        if (known == null) {
            throw new IllegalArgumentException("unknown kind " + version + " " + kind);
        }
        return JSON.deserialize(object.toString(), known);
    }

    /** Name and labels, which every custom object of the chart has. */
    record Metadata(String name, Map<String, String> labels) {}

    /** What KEDA scales, after its reference for version 2. */
    record ScaledObject(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) Metadata metadata,
            @JsonProperty(required = true) Spec spec) {
        record Spec(
                @JsonProperty(required = true) Target scaleTargetRef,
                int pollingInterval,
                int cooldownPeriod,
                @JsonProperty(required = true) int minReplicaCount,
                @JsonProperty(required = true) int maxReplicaCount,
                @JsonProperty(required = true) List<Trigger> triggers) {}

        record Target(
                String apiVersion,
                String kind,
                @JsonProperty(required = true) String name) {}

        record Trigger(
                @JsonProperty(required = true) String type,
                @JsonProperty(required = true) KafkaTrigger metadata,
                Reference authenticationRef) {}

        /** All are texts, as KEDA wants them. */
        record KafkaTrigger(
                @JsonProperty(required = true) String bootstrapServers,
                @JsonProperty(required = true) String consumerGroup,
                @JsonProperty(required = true) String topic,
                @JsonProperty(required = true) String lagThreshold,
                String offsetResetPolicy,
                String tls,
                String sasl) {}

        record Reference(@JsonProperty(required = true) String name) {}
    }

    /** The secrets of a trigger. */
    record TriggerAuthentication(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) Metadata metadata,
            @JsonProperty(required = true) Spec spec) {
        record Spec(@JsonProperty(required = true) List<Secret> secretTargetRef) {}

        record Secret(
                @JsonProperty(required = true) String parameter,
                @JsonProperty(required = true) String name,
                @JsonProperty(required = true) String key) {}
    }

    /** Which pods the Prometheus operator scrapes. */
    record PodMonitor(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) Metadata metadata,
            @JsonProperty(required = true) Spec spec) {
        record Spec(
                @JsonProperty(required = true) Selector selector,
                @JsonProperty(required = true) List<Endpoint> podMetricsEndpoints) {}

        record Selector(Map<String, String> matchLabels, List<Expression> matchExpressions) {}

        record Expression(String key, String operator, List<String> values) {}

        record Endpoint(
                @JsonProperty(required = true) String port,
                String path,
                String interval,
                List<Relabeling> relabelings) {}

        record Relabeling(String targetLabel, String replacement) {}
    }
}
