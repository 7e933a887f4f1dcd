package dynoai.app.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.access.Role;
import dynoai.schemas.record.ShopEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenChangesTest {
    private static final long YEAR = 1_000_000;

    private final Map<String, ShopEntry> known = new LinkedHashMap<>();

    private TokenChanges at(long now) {
        return new TokenChanges(new ArrayList<>(known.values()), now);
    }

    private TokenChanges.Issued put(TokenChanges.Issued issued) {
        issued.entries().forEach(entry -> known.put(entry.key(), entry));
        return issued;
    }

    private List<String> valid(long now) {
        return at(now).credentials().stream()
                .filter(each -> each.isValid(now))
                .map(ShopEntry.Credential::id)
                .toList();
    }

    @Test
    void newToken_isStoredAsAHash_withItsRolesAndEnd() {
        // When
        TokenChanges.Issued issued = at(50).add("north", Set.of(Role.READ, Role.DROP), YEAR);

        // Then
        assertThat(issued.credential())
                .isEqualTo(new ShopEntry.Credential(
                        issued.token().id(),
                        issued.token().secretSha256(),
                        "north",
                        List.of("drop", "read"),
                        50,
                        50 + YEAR,
                        false));
        assertThat(issued.entries().toString()).doesNotContain(issued.token().secret());
    }

    @Test
    void rotation_leavesTwoValidTokens_andThenOne() {
        // Given
        put(at(0).add("north", Set.of(Role.DROP), YEAR));
        put(at(0).add("south", Set.of(Role.DROP), YEAR));
        put(at(0).add("north", Set.of(Role.READ), YEAR));
        String reader = put(at(1).add("north", Set.of(Role.READ), YEAR)).token().id();

        // When
        String second = put(at(2).rotate(reader, 100, YEAR)).token().id();
        String third = put(at(3).rotate(second, 100, YEAR)).token().id();

        // Then
        assertThat(valid(4)).hasSize(4).contains(second, third).doesNotContain(reader);
        assertThat(valid(103)).hasSize(3).contains(third).doesNotContain(second);
    }

    @Test
    void rotationOfAShop_needsTokensOfTheSameRoles() {
        // Given
        put(at(0).add("north", Set.of(Role.DROP), YEAR));
        put(at(0).add("north", Set.of(Role.READ), YEAR));

        // When, Then
        assertThatThrownBy(() -> at(1).rotate("north", 1, YEAR)).hasMessageContaining("name the id of one");
        assertThatThrownBy(() -> at(1).rotate("west", 1, YEAR)).hasMessageContaining("named west");
        assertThatThrownBy(() -> at(YEAR + 1).rotate("north", 1, YEAR)).hasMessageContaining("named north");
    }

    @Test
    void revocationOfAShop_endsItsTokensAndCertificatesAlone() {
        // Given
        put(at(0).add("north", Set.of(Role.DROP), YEAR));
        put(at(0).add("north", Set.of(Role.READ), YEAR));
        String south = put(at(0).add("south", Set.of(Role.DROP), YEAR)).token().id();

        // When
        at(1).revokeTokens("north").forEach(entry -> known.put(entry.key(), entry));

        // Then
        assertThat(valid(2)).containsExactly(south);
        assertThat(at(2).revokeTokens("north")).isEmpty();
        assertThat(at(2).revokeCertificates("north")).isEqualTo(new ShopEntry.Certificates("north", 2));
    }

    @Test
    void shopWhoseNameDiffersInCaseAlone_isRejected() {
        // Given
        put(at(0).add("north", Set.of(Role.DROP), YEAR));

        // When, Then
        assertThatThrownBy(() -> at(1).add("North", Set.of(Role.DROP), YEAR)).hasMessageContaining("a shop north");
        assertThat(at(1).add("north", Set.of(Role.READ), YEAR).entries()).hasSize(1);
    }

    @Test
    void operators_haveNoShop_andShopsHaveOne() {
        // When, Then
        assertThat(TokenChanges.shopOf("", Set.of(Role.OPERATE))).isEqualTo("*");
        assertThat(TokenChanges.shopOf("north", Set.of(Role.DROP, Role.READ))).isEqualTo("north");
        assertThatThrownBy(() -> TokenChanges.shopOf("north", Set.of(Role.OPERATE)))
                .hasMessageContaining("all shops");
        assertThatThrownBy(() -> TokenChanges.shopOf("", Set.of(Role.DROP))).hasMessageContaining("name the shop");
        assertThatThrownBy(() -> TokenChanges.shopOf("*", Set.of(Role.DROP))).hasMessageContaining("unlike *");
        assertThatThrownBy(() -> TokenChanges.shopOf("local", Set.of(Role.DROP)))
                .hasMessageContaining("no shop");
        assertThatThrownBy(() -> TokenChanges.shopOf("north", Set.of(Role.OPERATE, Role.READ)))
                .hasMessageContaining("operate alone");
    }
}
