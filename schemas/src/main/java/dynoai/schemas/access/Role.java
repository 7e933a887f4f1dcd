package dynoai.schemas.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a credential allows. */
public enum Role {
    /** Send logs, and see how they end. */
    DROP,
    /** See the shop's runs and take their files. */
    READ,
    /** See the runs of all shops and change them. */
    OPERATE;

    /** Its name in commands and records. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> ofKey(String key) {
        for (Role role : values()) {
            if (role.key().equals(key)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** Returns the roles of these names; those of later versions are left out. */
    static List<Role> ofKeys(List<String> keys) {
        List<Role> roles = new ArrayList<>();
        keys.forEach(key -> ofKey(key).ifPresent(roles::add));
        return roles;
    }
}
