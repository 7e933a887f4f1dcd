package dynoai.broker.internal;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.jspecify.annotations.Nullable;

/**
 * Verifies SCRAM clients of a listener against the one user of the listener's JAAS entry.
 *
 * <p>Kafka verifies them against credentials in the cluster metadata, which a controller cannot read before it has them and
 * which an existing data directory lacks.
 *
 * <p>Remove when a listener can take SCRAM credentials from its configuration (no KIP found); {@code BrokerAccessTest} runs it.
 */
public final class JaasScramCredentials implements AuthenticateCallbackHandler {
    private String user = "";
    private @Nullable ScramCredential credential;

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        Map<String, ?> options = entries.get(0).getOptions();
        ScramMechanism scram = ScramMechanism.forMechanismName(mechanism);
        user = String.valueOf(options.get("username"));
        try {
            credential = new ScramFormatter(scram)
                    .generateCredential(String.valueOf(options.get("password")), scram.minIterations());
        } catch (NoSuchAlgorithmException e) {
            throw new KafkaException(e);
        }
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        boolean known = false;
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback name) {
                known = user.equals(name.getDefaultName());
            } else if (callback instanceof ScramCredentialCallback wanted) {
                wanted.scramCredential(known ? credential : null);
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    @Override
    public void close() {}
}
