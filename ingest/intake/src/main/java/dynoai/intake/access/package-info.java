/** Who may do how much: {@link dynoai.intake.access.CredentialGate}, {@link dynoai.intake.access.Quotas}, and the audit lines. */
@NullMarked
package dynoai.intake.access;

import org.jspecify.annotations.NullMarked;
