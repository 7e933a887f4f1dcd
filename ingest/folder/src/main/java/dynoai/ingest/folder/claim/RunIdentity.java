package dynoai.ingest.folder.claim;

import java.util.Map;

/**
 * What makes two runs the same: the shop, the log's bytes and every option, with defaults filled in and base tables by their
 * hash. Different spellings of the same value (7 and 7.0) are equal.
 */
public record RunIdentity(String shop, String sha256, String options) {

    public static RunIdentity of(Claim claim) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> option : claim.options().toTexts().entrySet()) {
            String key = option.getKey();
            text.append(text.length() == 0 ? "" : ";").append(key).append('=');
            text.append(claim.optionFiles().getOrDefault(key, option.getValue()));
        }
        return new RunIdentity(claim.shop(), claim.sha256(), text.toString());
    }
}
