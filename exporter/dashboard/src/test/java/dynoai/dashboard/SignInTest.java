package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.dashboard.http.RawClient;
import dynoai.schemas.access.Role;
import dynoai.schemas.record.ShopEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
    private static final Pattern COOKIE = Pattern.compile("Set-Cookie: (dynoai_session=([A-Za-z0-9_-]*))(; [^\r]*)");

    @TempDir
    private Path folder;

    private final FixedCredentials credentials = new FixedCredentials();
    private DashboardFixture fixture;
    private String token = "";

    @BeforeEach
    void start() throws IOException {
        fixture = new DashboardFixture(folder, credentials);
        token = credentials.token("shop-a", Role.READ);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String get(String path, String headers) throws IOException {
        return RawClient.answer(
                fixture.dashboard().port(),
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private String signIn(String path, String given, String headers) throws IOException {
        String form = "token=" + given;
        return RawClient.answer(
                fixture.dashboard().port(),
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + headers + "Content-Length: " + form.length() + "\r\n\r\n" + form);
    }

    private static Matcher cookie(String answer) {
        Matcher cookie = COOKIE.matcher(answer);
        assertThat(cookie.find()).as(answer).isTrue();
        return cookie;
    }

    private static String session(String answer) {
        return "Cookie: other=1; " + cookie(answer).group(1) + "\r\n";
    }

    @Test
    void pageWithoutASession_isTheOneToSignInOn() throws Exception {
        // When
        String page = get("/runs/shop-a/r1?big", "");
        String api = get("/api/v1/runs", "");

        // Then
        assertThat(page).startsWith("HTTP/1.1 401").contains("text/html", "name=\"token\"");
        assertThat(api).startsWith("HTTP/1.1 401").contains("WWW-Authenticate: Bearer", "text/plain");
    }

    @Test
    void signIn_leadsToThePage_withASessionThatDoesNotHaveTheToken() throws Exception {
        // When
        String answer = signIn("/runs/shop-a/r1?big", token, "Origin: http://localhost\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 303").contains("Location: /runs/shop-a/r1?big\r\n");
        assertThat(cookie(answer).group(3)).isEqualTo("; Path=/; HttpOnly; SameSite=Strict");
        assertThat(answer).doesNotContain(token);
        assertThat(get("/api/v1/runs", session(answer))).startsWith("HTTP/1.1 200");
    }

    @Test
    void signInBehindTls_hasASecureCookie() throws Exception {
        // When
        String answer = signIn("/", token, "Origin: https://localhost\r\nSec-Fetch-Site: same-origin\r\n");

        // Then
        assertThat(cookie(answer).group(3)).endsWith("; Secure");
    }

    @Test
    void signInWithAnInvalidToken_orOfAnotherSite_givesNoSession() throws Exception {
        // When
        List<String> answers = List.of(
                signIn("/", "wrong", "Origin: http://localhost\r\n"),
                signIn("/", "", "Origin: http://localhost\r\n"),
                signIn("/", token, "Origin: http://evil.example\r\n"),
                signIn("/", token, ""),
                signIn("/api/v1/runs", token, "Origin: http://localhost\r\n"));

        // Then
        assertThat(answers.stream().map(answer -> answer.substring(9, 12)))
                .containsExactly("401", "401", "403", "403", "401");
        assertThat(answers).noneMatch(answer -> answer.contains("Set-Cookie"));
    }

    @Test
    void addressThatBrowsersTakeAsAnotherServer_isNotGoneTo() throws Exception {
        // When
        String answer = signIn("//evil.example/x", token, "Origin: http://localhost\r\n");

        // Then
        assertThat(answer).contains("Location: /\r\n");
    }

    @Test
    void session_endsWithItsToken_andItsOpenStreamsToo() throws Exception {
        // Given
        String session = session(signIn("/", token, "Origin: http://localhost\r\n"));
        RawClient stream = new RawClient(fixture.dashboard().port());
        stream.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n" + session + "\r\n");
        String first = stream.next();

        // When
        credentials.revoke(token);

        // Then
        stream.rest(); // It ends.
        stream.close();
        assertThat(first).startsWith("HTTP/1.1 200");
        assertThat(get("/api/v1/runs", session)).startsWith("HTTP/1.1 401");
        assertThat(get("/", session)).startsWith("HTTP/1.1 401");
    }

    @Test
    void signOut_endsTheSession() throws Exception {
        // Given
        String session = session(signIn("/", token, "Origin: http://localhost\r\n"));

        // When
        String answer = signIn("/sign-out", "", "Origin: http://localhost\r\n" + session);

        // Then
        assertThat(answer).startsWith("HTTP/1.1 303").contains("Max-Age=0");
        assertThat(get("/api/v1/runs", session)).startsWith("HTTP/1.1 401");
    }

    @Test
    void sessionsOfOneToken_areBounded() throws Exception {
        // Given
        String first = session(signIn("/", token, "Origin: http://localhost\r\n"));

        // When
        String last = first;
        for (int i = 0; i < 20; i++) {
            last = session(signIn("/", token, "Origin: http://localhost\r\n"));
        }

        // Then
        assertThat(get("/api/v1/runs", first)).startsWith("HTTP/1.1 401");
        assertThat(get("/api/v1/runs", last)).startsWith("HTTP/1.1 200");
    }

    @Test
    void token_inTheAddress_isNotTaken() throws Exception {
        // When
        String answer = get("/?token=" + token, "");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain("Set-Cookie");
    }

    @Test
    void metricsOffLoopback_areOfOperators_onBothPorts() throws Exception {
        // Given
        DashboardSettings local =
                DashboardFixture.settings("0.0.0.0", null, Files.createDirectories(folder.resolve("other/runs")), null);
        DashboardSettings settings = new DashboardSettings(
                local.place(),
                credentials,
                local.folders(),
                local.catalogue(),
                false,
                local.recipes(),
                null,
                () -> "a_metric 1\n",
                local.live(),
                local.ready());
        String operator = credentials.token(ShopEntry.ALL_SHOPS, Role.OPERATE);
        try (Dashboard dashboard = Dashboard.start(settings)) {
            // When
            StringBuilder statuses = new StringBuilder();
            for (int port : List.of(dashboard.port(), dashboard.healthPort())) {
                for (String authorization : List.of(
                        "", "Authorization: Bearer " + token + "\r\n", "Authorization: Bearer " + operator + "\r\n")) {
                    statuses.append(RawClient.status(
                                    port,
                                    "GET /metrics HTTP/1.1\r\nHost: "
                                            + InetAddress.getLoopbackAddress().getHostAddress()
                                            + "\r\nConnection: close\r\n" + authorization + "\r\n"))
                            .append(' ');
                }
            }

            // Then
            assertThat(statuses).hasToString("401 403 200 401 403 200 ");
        }
    }

    @Test
    void beforeTheCredentialsAreRead_noTokenIsCalledWrong() throws Exception {
        // Given
        credentials.known(false);

        // When
        String page = get("/", "Authorization: Bearer dyn_unknown\r\n");
        String form = signIn("/", "dyn_unknown", "Origin: http://localhost\r\n");
        credentials.known(true);
        String afterwards = get("/", "Authorization: Bearer dyn_unknown\r\n");

        // Then
        assertThat(page).startsWith("HTTP/1.1 503");
        assertThat(form).startsWith("HTTP/1.1 503");
        assertThat(afterwards).startsWith("HTTP/1.1 401");
    }
}
