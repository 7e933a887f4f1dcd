package dynoai.dashboard.http;

import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Role;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.ShopEntry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may send requests: the holders of the access token, or those with a credential; without both every local user, on a loopback
 * address only. The Host header must name this server, which rules out DNS rebinding.
 */
public final class Access {
    /** The header with the secret that the page reads at its start. */
    public static final String SECRET_HEADER = "X-DynoAI-Secret";

    static final String COOKIE = "dynoai_token";

    private static final int MIN_TOKEN_CHARACTERS = 16;
    private static final int MARK_CHARACTERS = 8;
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

    private final @Nullable String token;
    private final @Nullable SignIn signIn;
    private final boolean anyHost;
    private final @Nullable String secret;
    private final Set<String> names = new HashSet<>();

    private Access(@Nullable String token, @Nullable SignIn signIn, boolean anyHost, @Nullable String secret) {
        this.token = token;
        this.signIn = signIn;
        this.anyHost = anyHost;
        this.secret = secret;
        names.add("localhost");
    }

    /**
     * For the page. Its names are those given, this machine's name, the address connected to, and localhost.
     *
     * @throws IllegalArgumentException when the address is not loopback and the token is missing or too short
     */
    public static Access ofPage(InetAddress address, @Nullable String token, Collection<String> names) {
        if (!address.isLoopbackAddress() && (token == null || token.length() < MIN_TOKEN_CHARACTERS)) {
            throw new IllegalArgumentException(
                    "an address other than loopback needs --token-file, or a token of at least " + MIN_TOKEN_CHARACTERS
                            + " characters");
        }
        return ofPage(address, new Access(token, null, false, null), names);
    }

    /** For the page, with a credential for each request. */
    public static Access ofSignIn(InetAddress address, SignIn signIn, Collection<String> names) {
        return ofPage(address, new Access(null, signIn, false, null), names);
    }

    private static Access ofPage(InetAddress address, Access access, Collection<String> names) {
        names.forEach(name -> access.names.add(name.toLowerCase(Locale.ROOT)));
        // The configured name, without a reverse lookup.
        String text = address.toString();
        access.names.add(text.substring(0, text.indexOf('/')).toLowerCase(Locale.ROOT));
        access.names.remove("");
        if (!address.isLoopbackAddress()) {
            access.addNameOfThisMachine();
        }
        return access;
    }

    /**
     * For health and metrics. Off loopback monitoring may use any name, since it sends the token itself and is no browser.
     *
     * @param token of the metrics; null if they need none
     */
    public static Access ofStatus(InetAddress address, @Nullable String token) {
        return new Access(token, null, !address.isLoopbackAddress(), null);
    }

    /** For health and metrics, which off loopback only an operator sees. */
    public static Access ofStatus(InetAddress address, SignIn signIn) {
        return address.isLoopbackAddress() ? new Access(null, null, false, null) : new Access(null, signIn, true, null);
    }

    /** Returns the same access, which also takes POSTs of this server's own pages. */
    public Access withPosts(String withSecret) {
        Access access = new Access(token, signIn, anyHost, withSecret);
        access.names.addAll(names);
        return access;
    }

    boolean takesPosts() {
        return secret != null;
    }

    /** Returns where browsers sign in; null without credentials. */
    @Nullable
    SignIn signIn() {
        return signIn;
    }

    /**
     * Checks that a POST was made by a page of this server: pages of other sites cannot read the secret.
     *
     * @throws HttpException with status 403
     */
    void checkPost(RequestHead request) throws HttpException {
        checkOrigin(request);
        @Nullable String given = request.header(SECRET_HEADER.toLowerCase(Locale.ROOT));
        if (given == null || !isEqual(given, secret)) {
            throw new HttpException(
                    403, SECRET_HEADER + " is missing, or of an earlier start: GET /api/v1/acts has the present one");
        }
    }

    /**
     * Checks what browsers say in Origin or Sec-Fetch-Site about where a POST comes from.
     *
     * @throws HttpException with status 403
     */
    void checkOrigin(RequestHead request) throws HttpException {
        @Nullable String origin = request.header("origin");
        @Nullable String site = request.header("sec-fetch-site");
        if (origin == null && site == null) {
            throw new HttpException(403, "a request that changes something needs an Origin header");
        }
        boolean same = site == null || site.equals("same-origin");
        if (!same || origin != null && !isOwn(origin, request, site != null)) {
            throw new HttpException(403, "the request was made by a page of another site");
        }
    }

    /** @param vouched whether the browser says itself that the request is of the same origin, as behind a proxy */
    private boolean isOwn(String origin, RequestHead request, boolean vouched) {
        String authority = origin.replaceFirst("^https?://", "").toLowerCase(Locale.ROOT);
        return !authority.equals(origin.toLowerCase(Locale.ROOT))
                && (authority.equalsIgnoreCase(request.header("host"))
                        || vouched && names.contains(authority.replaceFirst(":\\d+$", "")));
    }

    /** Returns who sends a request; empty without a valid token. */
    Optional<Caller> callerOf(RequestHead request) {
        if (signIn != null) {
            return signIn.callerOf(request);
        }
        return isAllowed(request) ? Optional.of(everything()) : Optional.empty();
    }

    /** Whether a caller may still send requests. */
    boolean isValid(Caller caller) {
        return signIn == null || signIn.isValid(caller);
    }

    /** Returns the caller that every local user is, or every holder of the access token. */
    private Caller everything() {
        String mark = token == null
                ? ""
                : "token " + Sha256.hex(token.getBytes(StandardCharsets.UTF_8)).substring(0, MARK_CHARACTERS);
        return new Caller(ShopEntry.ALL_SHOPS, Set.of(Role.OPERATE), mark);
    }

    private void addNameOfThisMachine() {
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException ignored) {
            // A machine without a name: its addresses and the names given remain.
        }
    }

    /**
     * Whether a Host header names this server.
     *
     * @param host in lower case, without the port
     * @param local the address that the connection came to
     */
    boolean isKnownHost(String host, InetAddress local) {
        return anyHost || names.contains(host) || isAddress(host, local);
    }

    /** Whether a host is a loopback address or the given one. Resolves no names. */
    private static boolean isAddress(String host, InetAddress local) {
        if (!host.startsWith("[") && !IPV4.matcher(host).matches()) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || address.equals(local);
        } catch (UnknownHostException ignored) {
            return false; // Not an address.
        }
    }

    private boolean isAllowed(RequestHead request) {
        @Nullable String bearer = request.bearer();
        return token == null || isToken(bearer == null ? String.valueOf(request.cookie(COOKIE)) : bearer);
    }

    boolean isToken(String given) {
        return isEqual(given, token);
    }

    /** Compares in constant time. */
    private static boolean isEqual(String given, @Nullable String expected) {
        return expected != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
