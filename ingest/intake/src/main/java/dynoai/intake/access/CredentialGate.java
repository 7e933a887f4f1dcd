package dynoai.intake.access;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Exchange;
import dynoai.intake.http.Gate;
import dynoai.intake.http.RequestException;
import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Credentials;
import dynoai.schemas.access.Role;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.RunId;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out the caller by its bearer token, or by a client certificate that names a shop. */
public final class CredentialGate implements Gate {
    private static final String BEARER = "bearer ";
    private static final String SHOP_URI = "dynoai:shop/";
    private static final int URI_NAME = 6;
    private static final int RETRY_SECONDS = 5;

    private final Credentials credentials;
    private final Quotas quotas;
    private final InstantSource clock;

    public CredentialGate(Credentials credentials, Quotas quotas, InstantSource clock) {
        this.credentials = credentials;
        this.quotas = quotas;
        this.clock = clock;
    }

    @Override
    public Caller admit(Exchange exchange) throws RequestException {
        if (!credentials.isKnown()) {
            throw RequestException.later(ErrorCode.UNAVAILABLE, "the credentials are not read yet", RETRY_SECONDS);
        }
        Caller caller = ofItsShop(caller(exchange).orElseThrow(CredentialGate::unauthorized));
        exchange.setCaller(caller);
        quotas.countRequest(caller.shop());
        return caller;
    }

    /** Without the name of a shop, a caller has no role of one. */
    private static Caller ofItsShop(Caller caller) {
        if (isShop(caller.shop())) {
            return caller;
        }
        Set<Role> roles = caller.roles().contains(Role.OPERATE) ? Set.of(Role.OPERATE) : Set.of();
        return new Caller(caller.shop(), roles, caller.credential());
    }

    /** Logs in the drop folder itself belong to no shop, and their runs are where shops have their folders. */
    private static boolean isShop(String name) {
        return RunId.isValid(name) && !name.equals(RunKey.LOCAL_SHOP);
    }

    private Optional<Caller> caller(Exchange exchange) throws RequestException {
        Optional<Caller> ofCertificate = ofCertificate(exchange.certificates());
        Optional<String> header = exchange.header("Authorization");
        if (header.isEmpty()) {
            return ofCertificate;
        }
        String value = header.get();
        if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw unauthorized();
        }
        Optional<Caller> ofToken =
                credentials.find(value.substring(BEARER.length()).trim());
        if (ofToken.isPresent()
                && ofCertificate.isPresent()
                && !ofToken.get().shop().equals(ofCertificate.get().shop())) {
            throw unauthorized();
        }
        return ofToken;
    }

    /**
     * The certificate was issued by an authority that the intake trusts, or there would be no connection. The connection may have
     * begun before the certificate ended or was revoked.
     */
    private Optional<Caller> ofCertificate(List<X509Certificate> certificates) throws RequestException {
        if (certificates.isEmpty()) {
            return Optional.empty();
        }
        List<String> shops = new ArrayList<>();
        for (String uri : uris(certificates.get(0))) {
            if (uri.startsWith(SHOP_URI)) {
                shops.add(uri.substring(SHOP_URI.length()));
            }
        }
        if (shops.size() != 1 || !isShop(shops.get(0))) {
            return Optional.empty();
        }
        requireValid(certificates.get(0), shops.get(0));
        String serial = certificates.get(0).getSerialNumber().toString(16);
        return Optional.of(new Caller(shops.get(0), Set.of(Role.DROP, Role.READ), "certificate-" + serial));
    }

    private void requireValid(X509Certificate certificate, String shop) throws RequestException {
        Instant now = clock.instant();
        Instant from = certificate.getNotBefore().toInstant();
        boolean valid =
                !now.isBefore(from) && !now.isAfter(certificate.getNotAfter().toInstant());
        if (!valid || from.toEpochMilli() <= credentials.certificatesRevokedUntil(shop)) {
            throw unauthorized();
        }
    }

    private static List<String> uris(X509Certificate certificate) throws RequestException {
        List<String> uris = new ArrayList<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                for (List<?> name : names) {
                    if (name.get(0).equals(URI_NAME)) {
                        uris.add(String.valueOf(name.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            throw unauthorized();
        }
        return uris;
    }

    /** The same for every reason. */
    private static RequestException unauthorized() {
        return new RequestException(
                ErrorCode.UNAUTHORIZED, "no valid credential", "send the header 'Authorization: Bearer TOKEN'");
    }
}
