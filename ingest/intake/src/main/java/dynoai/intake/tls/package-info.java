/** TLS from PEM files: {@link dynoai.intake.tls.TlsFiles} reads them, {@link dynoai.intake.tls.TlsReload} follows their changes. */
@NullMarked
package dynoai.intake.tls;

import org.jspecify.annotations.NullMarked;
